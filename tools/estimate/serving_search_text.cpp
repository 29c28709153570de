#include "tools/estimate/serving_search_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/estimate/serving_answer.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, kKernels> kMore = {
    "dense GEMM",  "experts",   "attention of prompts", "reading the cache",
    "vector work", "embedding", "collectives",          "launches and host"};

/// Device-seconds that a token of answers takes in each kernel.
std::array<double, kKernels> seconds_per_token(const ServingEstimate& e) {
  std::array<double, kKernels> spent{};
  const double tokens = std::max(e.state.batch * e.state.accepted, 1e-9);
  for (std::size_t k = 0; k < kKernels; ++k) {
    spent[k] = e.state.decode.by_kernel[k].value * e.plan.devices() / tokens;
  }
  return spent;
}

/// The kernel on which `e` spends most beyond what `best` does.
std::string_view worst_kernel(const ServingEstimate& e, const ServingEstimate& best) {
  const auto here = seconds_per_token(e), there = seconds_per_token(best);
  std::size_t worst = 0;
  for (std::size_t k = 1; k < kKernels; ++k) {
    if (here[k] - there[k] > here[worst] - there[worst]) worst = k;
  }
  return kMore[worst];
}

std::string why(const RankedPlan& plan, const RankedPlan& best, Tokens request) {
  if (!plan.fits) return "does not fit: " + memory_text(plan.estimate, request);
  if (!plan.keeps_target) {
    return fmt::format("misses the target with one request: TTFT {} ms, TPOT {} ms",
                       format_value(plan.estimate.state.ttft.value * 1e3),
                       format_value(plan.estimate.state.tpot.value * 1e3));
  }
  const double share = plan.estimate.output() / best.estimate.output();
  if (share > 0.999) return "";
  return fmt::format("{} less output: more device time for {}", format_share(1 - share),
                     worst_kernel(plan.estimate, best.estimate));
}

}  // namespace

Table search_table(const ServingSubject& subject, std::span<const RankedPlan> plans,
                   std::size_t most) {
  Table table("plans",
              {Column("plan", Type::Text), Column("precision", Type::Text),
               Column("replicas", Type::Count), Column("in_flight", Type::Count, "in\nflight"),
               Column("ttft_ms", Type::Real, "TTFT\nms"), Column("tpot_ms", Type::Real, "TPOT\nms"),
               Column("output_tok_s", Type::Real, "output\ntok/s"),
               Column("usd_per_million", Type::Real, "USD per\nmillion"),
               Column("why_behind", Type::Text)});
  const Tokens request = subject.task.prompt + subject.task.output;
  for (const RankedPlan& plan : plans.first(std::min(most, plans.size()))) {
    const ServingEstimate& e = plan.estimate;
    const auto usd = cost_of(e, subject.upkeep).usd_per_token;
    const auto if_fits = [&](double value) { return plan.fits ? Cell(value) : Cell(); };
    table.add_row({plan_text(e.plan), precision_text(e.plan.precision), e.replicas,
                   if_fits(e.concurrency * e.replicas), if_fits(e.state.ttft.value * 1e3),
                   if_fits(e.state.tpot.value * 1e3), if_fits(e.output().value),
                   usd && plan.fits ? Cell(*usd * 1e6) : Cell(),
                   why(plan, plans.front(), request)});
  }
  return table;
}

}  // namespace chokepoint
