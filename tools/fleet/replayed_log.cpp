#include "tools/fleet/replayed_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "models/calendar.hpp"
#include "models/serving/nanoseconds.hpp"
#include "models/serving/sources/altered.hpp"
#include "models/serving/sources/closed_loop.hpp"
#include "models/serving/sources/listed.hpp"
#include "models/serving/sources/open_loop.hpp"
#include "sim/logs/benchmark_load.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kMostRequests = 1'000'000'000'000;
constexpr Seconds kLongest{9e9};  // Dates in nanoseconds end soon after.

double years(Seconds time) {
  return time.value / (kDaysPerYear * 86'400);
}

/// What a benchmark sent, as a list without times; null where the log is none, or where it is
/// replayed as it was.
std::unique_ptr<RequestSource> benchmark_list(const LogQuestion& question,
                                              const RequestLogSummary& summary) {
  const bool is_retimed = question.rate || question.concurrency;
  if (summary.format != RequestLogFormat::Benchmark || !is_retimed) return nullptr;
  Diagnostics ignored;
  auto load = read_benchmark_load(question.file, ignored);
  if (!load) return nullptr;
  return std::make_unique<Listed>(std::move(load->requests));
}

/// Its requests with the first at 0: nobody pays for a fleet that waits for it.
std::unique_ptr<RequestSource> from_first(std::unique_ptr<RequestSource> source) {
  Cut cut;
  cut.from = source->next_arrival().value_or(0);
  if (cut.from == 0) return source;
  return std::make_unique<CutSource>(std::move(source), cut);
}

/// One pass over the part of the log that is asked for.
std::unique_ptr<RequestSource> one_pass(const LogQuestion& question,
                                        const RequestLogSummary& summary) {
  auto source = benchmark_list(question, summary);
  if (source == nullptr) source = open_request_log(question.file, summary, question.options);
  if (!question.is_cut() && !question.requests) return from_first(std::move(source));
  Cut cut;
  if (question.from) cut.from = to_nanoseconds(*question.from);
  if (question.until) cut.until = to_nanoseconds(*question.until);
  cut.most = question.requests.value_or(cut.most);
  return from_first(std::make_unique<CutSource>(std::move(source), cut));
}

/// From one pass to the next: the last arrival of one and the first of the next are a mean gap
/// apart.
Nanoseconds period_of(const ReplayedLog& log) {
  const double rate = mean_rate(log.in_pass, log.span);
  if (log.span == 0 || rate <= 0) return log.span + 1;
  return log.span + std::max<Nanoseconds>(to_nanoseconds(Seconds{1 / rate}), 1);
}

bool waits_for_ends(const LogQuestion& question, const RequestLogSummary& summary) {
  return summary.waits_for_ends && !question.rate && !question.concurrency;
}

/// Why the question does not go with the log; nothing where it does.
std::optional<LogRefusal> refused(const LogQuestion& question, const RequestLogSummary& summary) {
  const bool is_retimed = question.rate || question.concurrency;
  const bool moves = question.speed != 1 || question.is_cut() || question.passes > 1;
  if (waits_for_ends(question, summary) && moves) {
    return LogRefusal{"this log is a closed loop: when requests arrive is up to the fleet",
                      "--speed, --loop, --from and --until need times; take --requests, or say "
                      "--rate or --concurrency"};
  }
  if (question.is_cut() && (summary.lacks_times || (summary.waits_for_ends && is_retimed))) {
    return LogRefusal{
        "this log does not say when requests arrive, so that --from and --until cut "
        "nothing",
        "take --requests"};
  }
  if (question.is_cut() &&
      question.from.value_or(Seconds{}) >=
          question.until.value_or(Seconds{std::numeric_limits<double>::max()})) {
    return LogRefusal{"--from is not before --until", "both count from the log's first arrival"};
  }
  return std::nullopt;
}

/// Gives each request of one pass to `take`.
template <class Take>
void pass_over(const ReplayedLog& log, const Take& take) {
  const auto source = one_pass(log.question, log.summary);
  while (const auto request = source->next()) {
    take(*request);
    source->ended({request->id, request->arrival, RequestOutcome::Delivered, request->turn});
  }
}

/// Sums up requests.
struct SummedLengths {
  std::uint64_t count = 0;
  double prompts = 0, outputs = 0;

  void add(const Request& request) {
    ++count;
    prompts += request.prompt;
    outputs += request.output;
  }
  std::optional<MeanLengths> means() const {
    if (count == 0) return std::nullopt;
    return MeanLengths{prompts / static_cast<double>(count), outputs / static_cast<double>(count)};
  }
};

/// Counts the part that is replayed, where it is not all of the log.
void measure_part(ReplayedLog& log) {
  std::optional<Nanoseconds> first;
  Nanoseconds last = 0;
  SummedLengths lengths;
  pass_over(log, [&](const Request& request) {
    if (!first) first = request.arrival;
    last = request.arrival;
    lengths.add(request);
  });
  log.in_pass = lengths.count;
  if (!waits_for_ends(log.question, log.summary)) log.span = last - first.value_or(0);
  const MeanLengths means = lengths.means().value_or(MeanLengths{});
  log.prompt = means.prompt;
  log.output = means.output;
}

/// Passes of which all but the first would be cut off.
std::optional<LogRefusal> pointless_loop(const ReplayedLog& log) {
  const auto most = log.question.requests;
  if (log.question.passes < 2 || !most || *most > log.in_pass) return std::nullopt;
  return LogRefusal{
      fmt::format("--requests {} ends in the first pass over the log: --loop {} repeats nothing",
                  *most, log.question.passes),
      "--requests counts those of all passes: take more of them, or leave one of both out"};
}

Seconds lasts(const ReplayedLog& log) {
  const LogQuestion& question = log.question;
  if (question.concurrency || waits_for_ends(question, log.summary)) return {};
  const auto in_pass = static_cast<double>(log.in_pass);
  const double passes = std::ceil(static_cast<double>(log.requests) / in_pass);
  if (question.rate) return Seconds{passes * in_pass / *question.rate};
  const double later = (passes - 1) * to_seconds(period_of(log)).value;
  return Seconds{(to_seconds(log.span).value + later) / question.speed};
}

/// Counts what is replayed in all, and how long it takes; why that is too much, where it is.
std::optional<LogRefusal> count_all(ReplayedLog& log) {
  const LogQuestion& question = log.question;
  const double all = static_cast<double>(log.in_pass) * static_cast<double>(question.passes);
  const auto most = static_cast<double>(question.requests.value_or(kMostRequests));
  if (all > most && !question.requests) {
    return LogRefusal{fmt::format("{:g} requests in {} passes, and at most {:g} can be replayed",
                                  all, question.passes, most),
                      "take fewer with --loop, or --requests"};
  }
  log.requests = all > most ? *question.requests : log.in_pass * question.passes;
  log.lasts = lasts(log);
  if (log.lasts <= kLongest) return std::nullopt;
  return LogRefusal{
      fmt::format("requests would arrive over {:.4g} years, and dates end after {:.4g}",
                  years(log.lasts), years(kLongest)),
      "take a higher --speed or --rate, fewer with --loop, or --requests"};
}

}  // namespace

std::optional<ReplayedLog> check_replay(LogQuestion question, Diagnostics& found,
                                        LogRefusal& refusal) {
  question.options.may_lack_times = question.rate || question.concurrency;
  const auto summary = check_request_log(question.file, question.options, found);
  if (!summary) return std::nullopt;
  if (const auto wrong = refused(question, *summary)) {
    refusal = *wrong;
    return std::nullopt;
  }
  ReplayedLog log{std::move(question), *summary};
  const auto all = static_cast<double>(summary->counts.requests);
  log.in_pass = summary->counts.requests;
  log.prompt = summary->prompt_tokens / all;
  log.output = summary->output_tokens / all;
  log.span = summary->span;
  const bool has_list = summary->format == RequestLogFormat::Benchmark &&
                        (log.question.rate || log.question.concurrency);
  log.lacks_times = summary->lacks_times || (has_list && summary->waits_for_ends);
  const bool is_short = log.question.requests.value_or(log.in_pass) < log.in_pass;
  if (log.question.is_cut() || is_short) measure_part(log);
  if (const auto wrong = pointless_loop(log)) {
    refusal = *wrong;
    return std::nullopt;
  }
  if (log.in_pass == 0) {
    refusal = {"no request arrives between --from and --until",
               "both count in seconds from the log's first arrival"};
    return std::nullopt;
  }
  if (const auto wrong = count_all(log)) {
    refusal = *wrong;
    return std::nullopt;
  }
  return log;
}

std::optional<MeanLengths> mean_lengths(const ReplayedLog& log, std::int64_t context) {
  if (context == 0 || log.summary.longest_context <= context) {
    return MeanLengths{log.prompt, log.output};
  }
  SummedLengths lengths;
  pass_over(log, [&](const Request& request) {
    if (std::int64_t{request.prompt} + request.output <= context) lengths.add(request);
  });
  return lengths.means();
}

std::unique_ptr<RequestSource> open_replay(const ReplayedLog& log) {
  const LogQuestion& question = log.question;
  auto source = one_pass(question, log.summary);
  if (question.passes > 1) {
    const auto again = [question, summary = log.summary] { return one_pass(question, summary); };
    source = std::make_unique<Looped>(again, period_of(log), question.passes);
  }
  if (question.requests) {
    Cut cut;
    cut.most = *question.requests;
    source = std::make_unique<CutSource>(std::move(source), cut);
  }
  if (question.concurrency) {
    return std::make_unique<ClosedLoopSource>(std::move(source), *question.concurrency);
  }
  if (question.rate && (log.lacks_times || log.span == 0)) {
    return from_first(std::make_unique<Retimed>(std::move(source), constant_rate(*question.rate),
                                                question.options.seed, "log"));
  }
  double speed = question.speed;
  if (question.rate) {
    speed = *question.rate / mean_rate(log.in_pass, log.span);
  }
  if (speed == 1) return source;
  return std::make_unique<Scaled>(std::move(source), speed);
}

Classed::Classed(std::unique_ptr<RequestSource> of, const std::vector<ServedClass>& classes,
                 std::uint64_t seed)
    : of_(std::move(of)), random_(seed, "classes") {
  double sum = 0;
  for (const ServedClass& one : classes) up_to_.push_back(sum += one.share);
}

std::optional<Request> Classed::next() {
  auto request = of_->next();
  if (!request) return request;
  const double drawn = random_.uniform() * up_to_.back();
  const auto at = std::upper_bound(up_to_.begin(), up_to_.end() - 1, drawn);
  request->slo_class = static_cast<std::uint8_t>(at - up_to_.begin());
  return request;
}

}  // namespace chokepoint
