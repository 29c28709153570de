#include "tools/fleet/replayed_log.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "models/serving/sources/altered.hpp"
#include "models/serving/sources/closed_loop.hpp"
#include "models/serving/sources/listed.hpp"
#include "models/serving/sources/open_loop.hpp"
#include "sim/logs/benchmark_load.hpp"

namespace chokepoint {
namespace {

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

/// One pass over the part of the log that is asked for.
std::unique_ptr<RequestSource> one_pass(const LogQuestion& question,
                                        const RequestLogSummary& summary) {
  auto source = benchmark_list(question, summary);
  if (source == nullptr) source = open_request_log(question.file, summary, question.options);
  if (!question.is_cut()) return source;
  Cut cut;
  if (question.from) cut.from = to_nanoseconds(*question.from);
  if (question.until) cut.until = to_nanoseconds(*question.until);
  return std::make_unique<CutSource>(std::move(source), cut);
}

/// From one pass to the next: the last arrival of one and the first of the next are a mean gap
/// apart.
Nanoseconds period_of(const ReplayedLog& log) {
  const auto gaps = static_cast<Nanoseconds>(std::max<std::uint64_t>(log.in_pass, 2) - 1);
  return log.span + std::max<Nanoseconds>(log.span / gaps, 1);
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

/// Counts the part that is asked for, where it is not all of the log.
void measure_part(ReplayedLog& log) {
  const auto source = one_pass(log.question, log.summary);
  std::optional<Nanoseconds> first;
  Nanoseconds last = 0;
  double prompts = 0, outputs = 0;
  log.in_pass = 0;
  while (const auto request = source->next()) {
    if (!first) first = request->arrival;
    last = request->arrival;
    prompts += request->prompt;
    outputs += request->output;
    ++log.in_pass;
  }
  log.span = last - first.value_or(0);
  if (log.in_pass == 0) return;
  log.prompt = prompts / static_cast<double>(log.in_pass);
  log.output = outputs / static_cast<double>(log.in_pass);
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
  if (log.question.is_cut()) measure_part(log);
  if (log.in_pass == 0) {
    refusal = {"no request arrives between --from and --until",
               "both count in seconds from the log's first arrival"};
    return std::nullopt;
  }
  log.requests = log.in_pass * log.question.passes;
  log.requests = std::min(log.requests, log.question.requests.value_or(log.requests));
  return log;
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
    return std::make_unique<Retimed>(std::move(source), constant_rate(*question.rate),
                                     question.options.seed, "log");
  }
  double speed = question.speed;
  if (question.rate) {
    speed = *question.rate * (double(log.span) * 1e-9) / double(log.in_pass);
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
