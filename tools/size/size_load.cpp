#include "tools/size/size_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "models/random.hpp"
#include "models/serving/nanoseconds.hpp"
#include "models/serving/sources/altered.hpp"
#include "models/serving/sources/open_loop.hpp"
#include "sim/logs/request_log.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr const char* kStream = "size";

Lengths around(Tokens mean, double spread) {
  if (spread <= 0) return Lengths::fixed(static_cast<std::uint32_t>(std::lround(mean.value)));
  const double most = std::min(std::ceil(mean.value * kLongest), 4e9);
  return Lengths::lognormal(mean.value, spread, static_cast<std::uint32_t>(most));
}

bool is_within(const Request& request, std::int64_t context) {
  return context == 0 || std::int64_t{request.prompt} + request.output <= context;
}

/// The first requests that are within the context, and how many before the last of them are not.
struct Taken {
  std::vector<Request> requests;
  std::uint64_t too_long = 0;
};

Taken first_of(RequestSource& source, std::int64_t context) {
  Taken made;
  std::vector<Request>& taken = made.requests;
  while (taken.size() < kMostOfLog) {
    auto request = source.next();
    if (!request) break;
    if (!is_within(*request, context)) {
      ++made.too_long;
      continue;
    }
    request->blocks.clear();
    request->block_tokens = 0;
    request->turn.reset();
    taken.push_back(*std::move(request));
  }
  return made;
}

/// Requests of another source, with what is beyond the context cut off their prompts.
class Shortened : public RequestSource {
public:
  Shortened(std::unique_ptr<RequestSource> of, std::int64_t context)
      : of_(std::move(of)), context_(context) {}

  std::optional<Nanoseconds> next_arrival() override { return of_->next_arrival(); }
  std::optional<Request> next() override {
    auto request = of_->next();
    if (!request || is_within(*request, context_)) return request;
    request->output = static_cast<std::uint32_t>(
        std::min<std::int64_t>(request->output, std::max<std::int64_t>(context_ - 1, 1)));
    request->prompt = static_cast<std::uint32_t>(
        std::max<std::int64_t>(context_ - std::int64_t{request->output}, 1));
    return request;
  }

private:
  std::unique_ptr<RequestSource> of_;
  std::int64_t context_;
};

using Requests = std::shared_ptr<const std::vector<Request>>;

double seconds_between(const Requests& requests) {
  return to_seconds(requests->back().arrival - requests->front().arrival).value;
}

/// The requests of a log again and again, each pass a mean gap after the one before, in so much
/// faster time; of all of them those that a draw of a share takes. The first seed begins at the
/// first request, others elsewhere.
class Repeated : public RequestSource {
public:
  Repeated(Requests requests, double speed, const LoadDraw& draw)
      : requests_(std::move(requests)),
        speed_(speed),
        share_(draw.share),
        random_(draw.seed, std::string(kStream) + "/log") {
    if (draw.seed != 1) at_ = static_cast<std::int64_t>(random_.uniform() * count());
    begins_ = time_of(at_);
    at_ += passed_over();
  }

  std::optional<Nanoseconds> next_arrival() override {
    return std::llround((time_of(at_) - begins_) / speed_);
  }
  std::optional<Request> next() override {
    Request request = (*requests_)[static_cast<std::size_t>(at_ % std::ssize(*requests_))];
    request.arrival = *next_arrival();
    at_ += 1 + passed_over();
    return request;
  }

private:
  double count() const { return static_cast<double>(requests_->size()); }

  /// In the log's own nanoseconds.
  double time_of(std::int64_t number) const {
    const std::int64_t all = std::ssize(*requests_);
    const double pass = seconds_between(requests_) * 1e9 * count() / std::max(count() - 1, 1.0);
    const Request& request = (*requests_)[static_cast<std::size_t>(number % all)];
    const std::int64_t passes = number / all;
    return static_cast<double>(passes) * pass +
           static_cast<double>(request.arrival - requests_->front().arrival);
  }

  /// Requests that others get before the next one is taken.
  std::int64_t passed_over() {
    if (share_ >= 1) return 0;
    return static_cast<std::int64_t>(std::log1p(-random_.uniform()) / std::log1p(-share_));
  }

  Requests requests_;
  double speed_, share_;
  RandomStream random_;
  std::int64_t at_ = 0;
  double begins_ = 0;
};

std::string within_text(std::int64_t context) {
  return fmt::format("the context of {} tokens", format_value(double(context)));
}

std::string log_text(const std::filesystem::path& log, std::size_t taken, std::uint64_t all,
                     bool has_times) {
  std::string text = fmt::format("{} requests of {}", format_value(double(taken)), log.string());
  if (taken < all)
    text = "the first " + text + fmt::format(" ({} in all)", format_value(double(all)));
  text += has_times ? ", in its order and bursts, again and again"
                    : ", which has no times: Poisson arrivals";
  return text + "; prefixes are not shared";
}

}  // namespace

SizeLoad drawn_load(Tokens prompt, Tokens output, double spread, std::int64_t context) {
  SizeLoad made;
  made.prompt = prompt;
  made.output = output;
  made.load.at = [=](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    const LengthStep lengths{Seconds{0}, around(prompt, spread), around(output, spread)};
    // A share of Poisson arrivals is drawn like them.
    auto drawn = std::make_unique<OpenLoop>(constant_rate(draw.rate * draw.share),
                                            std::vector{lengths}, draw.seed, kStream);
    if (context == 0) return drawn;
    return std::make_unique<Shortened>(std::move(drawn), context);
  };
  made.text = spread > 0 ? fmt::format(
                               "Poisson arrivals, lengths log-normal with a standard "
                               "deviation of {} of their means",
                               format_share(spread))
                         : "Poisson arrivals, all lengths alike";
  if (spread > 0 && context > 0 && (prompt + output).value * kLongest > double(context)) {
    made.text += ", cut off at " + within_text(context);
  }
  return made;
}

std::optional<SizeLoad> logged_load(const std::filesystem::path& log,
                                    const RequestLogOptions& options, std::int64_t context,
                                    Diagnostics& found) {
  const auto summary = check_request_log(log, options, found);
  if (!summary) return std::nullopt;
  Taken taken = first_of(*open_request_log(log, *summary, options), context);
  if (taken.requests.empty()) {
    found.error({log.string(), 0, 0}, "has no request within " + within_text(context),
                "say with --context how much the engine takes");
    return std::nullopt;
  }
  const Requests requests = std::make_shared<const std::vector<Request>>(std::move(taken.requests));
  SizeLoad made;
  const auto count = static_cast<double>(requests->size());
  for (const Request& request : *requests) {
    made.prompt += Tokens{double(request.prompt)} / count;
    made.output += Tokens{double(request.output)} / count;
  }
  const Nanoseconds span = requests->back().arrival - requests->front().arrival;
  const bool has_times = !summary->lacks_times && !summary->waits_for_ends && span > 0;
  const double rate_of_log = has_times ? mean_rate(requests->size(), span) : 0;
  if (has_times) made.rate = std::max(rate_of_log, kLeastLogRate);
  made.load.requests = std::ssize(*requests);
  made.load.at = [=](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    if (has_times) return std::make_unique<Repeated>(requests, draw.rate / rate_of_log, draw);
    return std::make_unique<Retimed>(std::make_unique<Repeated>(requests, 1.0, draw),
                                     constant_rate(draw.rate * draw.share), draw.seed, kStream);
  };
  made.text = log_text(log, requests->size(), summary->counts.requests - taken.too_long, has_times);
  if (has_times && rate_of_log < kLeastLogRate) {
    made.text += "; its own rate is below one request an hour, the least that is sized for";
  }
  if (taken.too_long > 0) {
    made.text += fmt::format("; left out: {} longer than {}", format_value(double(taken.too_long)),
                             within_text(context));
  }
  return made;
}

}  // namespace chokepoint
