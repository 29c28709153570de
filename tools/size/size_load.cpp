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

std::vector<Request> first_of(RequestSource& source) {
  std::vector<Request> taken;
  while (taken.size() < kMostOfLog) {
    auto request = source.next();
    if (!request) break;
    request->blocks.clear();
    request->block_tokens = 0;
    request->turn.reset();
    taken.push_back(*std::move(request));
  }
  return taken;
}

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
    return static_cast<double>(number / all) * pass +
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

SizeLoad drawn_load(Tokens prompt, Tokens output, double spread) {
  SizeLoad made;
  made.prompt = prompt;
  made.output = output;
  made.load.at = [=](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    const LengthStep lengths{Seconds{0}, around(prompt, spread), around(output, spread)};
    // A share of Poisson arrivals is drawn like them.
    return std::make_unique<OpenLoop>(constant_rate(draw.rate * draw.share), std::vector{lengths},
                                      draw.seed, kStream);
  };
  made.text = spread > 0 ? fmt::format(
                               "Poisson arrivals, lengths log-normal with a standard "
                               "deviation of {} of their means",
                               format_share(spread))
                         : "Poisson arrivals, all lengths alike";
  return made;
}

std::optional<SizeLoad> logged_load(const std::filesystem::path& log,
                                    const RequestLogOptions& options, Diagnostics& found) {
  const auto summary = check_request_log(log, options, found);
  if (!summary) return std::nullopt;
  const Requests requests = std::make_shared<const std::vector<Request>>(
      first_of(*open_request_log(log, *summary, options)));
  SizeLoad made;
  const auto count = static_cast<double>(requests->size());
  for (const Request& request : *requests) {
    made.prompt += Tokens{double(request.prompt)} / count;
    made.output += Tokens{double(request.output)} / count;
  }
  const Nanoseconds span = requests->back().arrival - requests->front().arrival;
  const bool has_times = !summary->lacks_times && !summary->waits_for_ends && span > 0;
  const double rate_of_log = has_times ? mean_rate(requests->size(), span) : 0;
  if (has_times) made.rate = rate_of_log;
  made.load.requests = std::ssize(*requests);
  made.load.at = [=](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    if (has_times) return std::make_unique<Repeated>(requests, draw.rate / rate_of_log, draw);
    return std::make_unique<Retimed>(std::make_unique<Repeated>(requests, 1.0, draw),
                                     constant_rate(draw.rate * draw.share), draw.seed, kStream);
  };
  made.text = log_text(log, requests->size(), summary->counts.requests, has_times);
  return made;
}

}  // namespace chokepoint
