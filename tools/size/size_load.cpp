#include "tools/size/size_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "models/serving/sources/altered.hpp"
#include "models/serving/sources/listed.hpp"
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

std::string log_text(const std::filesystem::path& log, std::size_t taken, std::uint64_t all,
                     bool has_times) {
  std::string text = fmt::format("{} requests of {}", format_value(double(taken)), log.string());
  if (taken < all)
    text = "the first " + text + fmt::format(" ({} in all)", format_value(double(all)));
  text += has_times ? ", in its order and bursts" : ", which has no times: Poisson arrivals";
  return text + "; prefixes are not shared";
}

}  // namespace

SizeLoad drawn_load(Tokens prompt, Tokens output, double spread) {
  SizeLoad made;
  made.prompt = prompt;
  made.output = output;
  made.load.at = [=](double rate, std::uint64_t seed) -> std::unique_ptr<RequestSource> {
    const LengthStep lengths{Seconds{0}, around(prompt, spread), around(output, spread)};
    return std::make_unique<OpenLoop>(constant_rate(rate), std::vector{lengths}, seed, kStream);
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
  const auto requests = std::make_shared<const std::vector<Request>>(
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
  made.load.at = [=](double rate, std::uint64_t seed) -> std::unique_ptr<RequestSource> {
    auto listed = std::make_unique<Listed>(*requests);
    if (!has_times) {
      return std::make_unique<Retimed>(std::move(listed), constant_rate(rate), seed, kStream);
    }
    return std::make_unique<Scaled>(std::move(listed), rate / rate_of_log);
  };
  made.text = log_text(log, requests->size(), summary->counts.requests, has_times);
  return made;
}

}  // namespace chokepoint
