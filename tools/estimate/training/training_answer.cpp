#include "tools/estimate/training/training_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "tools/estimate/training/run_outlook.hpp"
#include "tools/print/labeled_lines.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsOfDay = 86'400;
constexpr double kShownTokens = 1e9;  // What energy and money are for where no run is asked for.
constexpr double kSeen = 1e-9;        // Of a step; less is what rounding leaves.

// A number of money that a person can read, whatever its size.
std::string usd_text(double usd) {
  return usd < 1e15 ? format_value(usd) : format_rough(usd);
}

std::string in_gib(Bytes bytes) {
  return format_value(bytes.value / kBytesPerGib);
}

std::string fit_words(const TrainingMemory& memory) {
  const Bytes left = memory.capacity - memory.total();
  std::string room =
      fmt::format("{}: {} {} GiB, {} of what the device has", name(memory.fit()),
                  left < Bytes{} ? "lacks" : "leaves", in_gib(Bytes{std::abs(left.value)}),
                  format_share(std::abs(memory.margin())));
  if (memory.fit() == TrainingFit::Yes) return room;
  if (memory.fit() == TrainingFit::No) {
    return room + "; divide it more by --tp, --pp or --zero 3, or ask --search for what fits";
  }
  return room + fmt::format("; estimates of memory are off by {} in the median, so it may {}",
                            format_share(kUsualMemoryError),
                            left < Bytes{} ? "fit all the same" : "not fit");
}

std::string basis_words(const TrainingError& error) {
  if (error.basis == "device") {
    return fmt::format("of {}, each device left out of the fit in turn", error.of);
  }
  return fmt::format("of {}, each {} left out of the fit in turn", error.of,
                     error.basis == "stack" ? "stack version" : "group of runs");
}

std::string expected_words(const TrainingSubject& subject, const TrainingWorld& world) {
  const auto* error = expected_training_error(world.errors, subject.known);
  if (error == nullptr) return "nobody measured how far such estimates are off";
  if (!subject.known.is_architecture_measured) {
    return fmt::format(
        "nobody measured this architecture with such software: priors alone; the worst that "
        "estimates did on what was left out is half within {}, nine in ten within {} ({})",
        format_share(error->median), format_share(error->p90), basis_words(*error));
  }
  return fmt::format("half of {} runs within {}, nine in ten within {} ({})", error->count,
                     format_share(error->median), format_share(error->p90), basis_words(*error));
}

struct RunTotals {
  double days, mwh;
  std::optional<double> usd;
};

RunTotals totals_of(const TrainingSubject& subject, Seconds step) {
  const TrainingPlan& plan = subject.known.plan;
  const double seconds = kShownTokens / tokens_per_second(plan, step).value;
  const double device_seconds = seconds * plan.devices();
  const double joules = subject.upkeep.power.value * subject.upkeep.pue * device_seconds;
  RunTotals totals{seconds / kSecondsOfDay, joules / kJoulesPerGwh * 1e3, std::nullopt};
  if (subject.upkeep.price) {
    totals.usd = joules * subject.upkeep.electricity.value +
                 subject.upkeep.price->value / subject.upkeep.life.value * device_seconds;
  }
  return totals;
}

std::string cost_words(const RunTotals& totals) {
  return fmt::format("{} MWh{}", format_value(totals.mwh),
                     totals.usd ? ", " + usd_text(*totals.usd) + " USD" : "");
}

std::string part_words(StepPart part) {
  std::string words(name(part));
  std::ranges::replace(words, '_', ' ');
  return words;
}

Table parts_table(const StepTime& time) {
  Table table("step", {Column("part", Type::Text), Column("time_ms", Type::Real),
                       Column("share", Type::Text)});
  for (std::size_t i = 0; i < kStepParts; ++i) {
    const Seconds spent = time.parts[i];
    if (spent <= time.total() * kSeen) continue;
    table.add_row({part_words(static_cast<StepPart>(i)), spent.value * 1e3,
                   format_share<1>(spent / time.total())});
  }
  return table;
}

double mfu_of(const TrainingSubject& subject, Seconds step) {
  return model_flops_utilization(subject.known.model, *subject.known.device, subject.known.plan,
                                 step);
}

// "products 60 %, tensor exchange 11 %": the two on which a step spends most.
std::string greatest_parts(const StepTime& time) {
  std::vector<std::size_t> parts(kStepParts);
  std::iota(parts.begin(), parts.end(), 0);
  std::ranges::stable_sort(parts, std::greater<>{},
                           [&](std::size_t part) { return time.parts[part].value; });
  const auto words = [&](std::size_t part) {
    return fmt::format("{} {}", part_words(static_cast<StepPart>(part)),
                       format_share(time.parts[part] / time.total()));
  };
  return words(parts[0]) + ", " + words(parts[1]);
}

}  // namespace

std::string training_sentences(const TrainingSubject& subject, const StepTime& time,
                               const RunOutlook* run) {
  const Seconds step = time.total();
  const TrainingPlan& plan = subject.known.plan;
  std::string text =
      fmt::format("A step takes {} s: {} tokens a second, MFU {}; most of it {}.\n",
                  format_value(step.value), format_value(tokens_per_second(plan, step).value),
                  format_share<1>(mfu_of(subject, step)), greatest_parts(time));
  if (run == nullptr) {
    const RunTotals totals = totals_of(subject, step);
    return text + fmt::format("A billion tokens takes {} hours{}, failures not counted.\n",
                              format_value(24.0 * totals.days),
                              totals.usd ? " and " + usd_text(*totals.usd) + " USD" : "");
  }
  if (!std::isfinite(run->expected.wall.value)) {
    return text + "The run never ends: it is interrupted before a checkpoint is safe.\n";
  }
  const RunBill bill = bill_of(*run, subject.upkeep);
  text += fmt::format("{} billion tokens take {} days", format_value(run->asked.tokens / 1e9),
                      format_value(bill.wall.value / kSecondsOfDay));
  if (bill.cost) text += fmt::format(" and {} USD", usd_text(bill.cost->value));
  return text + fmt::format("; {} of the time is kept, {} to {} over the ranges of rates.\n",
                            format_share<1>(run->expected.goodput),
                            format_share<1>(run->often.goodput),
                            format_share<1>(run->rarely.goodput));
}

TrainingEstimate estimate_training(const TrainingSystem& system, const TrainingPlan& plan) {
  return {training_memory(system, plan), TrainingEstimator(system).step(plan)};
}

std::vector<Table> estimate_tables(const TrainingSubject& subject,
                                   const TrainingEstimate& estimate) {
  const TrainingCase& known = subject.known;
  Table plan("plan", {Column("what", Type::Text), Column("value", Type::Text)});
  plan.add_row({"model", known.model_name});
  plan.add_row({"device", known.device_name});
  plan.add_row({"devices", std::to_string(known.plan.devices())});
  plan.add_row({"layout", plan_text(known.plan)});
  plan.add_row({"sequences of a step", std::to_string(known.plan.global_batch)});
  plan.add_row({"stack", known.version.empty() ? "none that was measured" : known.version});
  plan.add_row({"memory", memory_text(estimate.memory)});
  plan.add_row({"MFU", format_share<1>(mfu_of(subject, estimate.time.total()))});
  Table memory("memory", {Column("part", Type::Text), Column("memory_gib", Type::Real)});
  for (std::size_t i = 0; i < kMemoryParts; ++i) {
    memory.add_row({std::string(name(static_cast<MemoryPart>(i))),
                    estimate.memory.parts[i].value / kBytesPerGib});
  }
  return {std::move(plan), std::move(memory), parts_table(estimate.time).without({"share"})};
}

TokensPerSecond tokens_per_second(const TrainingPlan& plan, Seconds step) {
  return Tokens{plan.global_batch * plan.sequence} / step;
}

std::string plan_text(const TrainingPlan& plan) {
  std::string text;
  const auto add = [&](const char* what, int degree, bool always) {
    if (degree == 1 && !always) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", what, degree);
  };
  add("tp", plan.tensor, true), add("pp", plan.pipeline, true), add("vpp", plan.chunks, false);
  add("cp", plan.context, false), add("ep", plan.expert, false), add("dp", plan.data, true);
  text += fmt::format(" zero {}", plan.zero);
  if (plan.sharded > 0) text += fmt::format(" in groups of {}", plan.sharded);
  text += fmt::format(", {} x {} sequences of {} tokens, recompute {}", plan.microbatches(),
                      plan.microbatch, format_value(plan.sequence), name(plan.recompute));
  if (plan.recompute == Recompute::Full && plan.recomputed_share < 1) {
    text += " of " + format_share(plan.recomputed_share);
  }
  text += fmt::format(", {}", name(plan.format));
  if (plan.tensor > 1 && !plan.sequence_parallel) text += ", no sequence parallelism";
  const bool takes_turns = plan.schedule == PipelineSchedule::OneForwardOneBackward;
  return takes_turns ? text : text + ", " + std::string(name(plan.schedule));
}

std::string memory_text(const TrainingMemory& memory) {
  std::string text;
  for (std::size_t i = 0; i < kMemoryParts; ++i) {
    if (memory.parts[i] <= Bytes{}) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : " + ", name(static_cast<MemoryPart>(i)),
                        in_gib(memory.parts[i]));
  }
  return fmt::format("{} = {} of {} GiB", text, in_gib(memory.total()), in_gib(memory.capacity));
}

std::string answer_text(const TrainingSubject& subject, const TrainingEstimate& estimate,
                        const TrainingWorld& world, const RunOutlook* run) {
  const TrainingCase& known = subject.known;
  const Seconds step = estimate.time.total();
  std::string text;
  if (estimate.memory.fit() != TrainingFit::No) {
    text = training_sentences(subject, estimate.time, run) + "\n";
  }
  LabeledLines lines;
  lines.add("plan",
            fmt::format("{} on {} x {}: {}; a batch of {}", known.model_name, known.plan.devices(),
                        known.device_name, plan_text(known.plan), known.plan.global_batch));
  lines.add("stack", known.version.empty() ? "none that was measured" : known.version);
  lines.add("memory", memory_text(estimate.memory));
  lines.add("fits", fit_words(estimate.memory));
  if (estimate.memory.fit() == TrainingFit::No) return lines.text();
  lines.add("step",
            fmt::format("{} s; {}", format_value(step.value), expected_words(subject, world)));
  lines.add("tokens",
            fmt::format("{} a second", format_value(tokens_per_second(known.plan, step).value)));
  lines.add("MFU", fmt::format("{} of dense 16-bit peaks, attention counted in full",
                               format_share<1>(mfu_of(subject, step))));
  text += lines.text();
  if (run != nullptr) {
    text += outlook_text(*run, subject.upkeep);
  } else {
    LabeledLines cost;
    cost.add("cost", cost_words(totals_of(subject, step)) + " for a billion tokens");
    text += cost.text();
  }
  text += "\nOne step, the mean device\n" + to_text(parts_table(estimate.time));
  if (run != nullptr) text += "\nThe run\n" + to_text(shares_table(run->expected));
  return text;
}

JsonValue answer_json(const TrainingSubject& subject, const TrainingEstimate& estimate,
                      const TrainingWorld& world, const RunOutlook* run) {
  const TrainingCase& known = subject.known;
  const TrainingPlan& p = known.plan;
  JsonValue json = JsonValue::object(), plan = JsonValue::object(), memory = JsonValue::object();
  plan.add("tp", double(p.tensor)).add("pp", double(p.pipeline)).add("vpp", double(p.chunks));
  plan.add("cp", double(p.context)).add("ep", double(p.expert)).add("dp", double(p.data));
  plan.add("zero", double(p.zero)).add("microbatch", double(p.microbatch));
  plan.add("microbatches", double(p.microbatches())).add("global_batch", double(p.global_batch));
  plan.add("seq_len", p.sequence).add("recompute", std::string(name(p.recompute)));
  plan.add("schedule", std::string(name(p.schedule)));
  plan.add("precision", std::string(name(p.format)));
  for (std::size_t i = 0; i < kMemoryParts; ++i) {
    memory.add(std::string(name(static_cast<MemoryPart>(i))) + "_bytes",
               estimate.memory.parts[i].value);
  }
  memory.add("total_bytes", estimate.memory.total().value)
      .add("capacity_bytes", estimate.memory.capacity.value)
      .add("fits", std::string(name(estimate.memory.fit())))
      .add("margin", estimate.memory.margin());
  json.add("schema", "chokepoint.estimate.training/1")
      .add("model", known.model_name)
      .add("device", known.device_name)
      .add("devices", double(p.devices()))
      .add("stack_version", known.version)
      .add("plan", std::move(plan))
      .add("memory", std::move(memory));
  if (estimate.memory.fit() == TrainingFit::No) return json;
  const Seconds step = estimate.time.total();
  JsonValue parts = JsonValue::object();
  for (std::size_t i = 0; i < kStepParts; ++i) {
    parts.add(std::string(name(static_cast<StepPart>(i))), estimate.time.parts[i].value);
  }
  json.add("iteration_time_s", step.value)
      .add("tokens_per_s", tokens_per_second(p, step).value)
      .add("mfu", mfu_of(subject, step))
      .add("parts_s", std::move(parts));
  if (const auto* error = expected_training_error(world.errors, known)) {
    JsonValue expected = JsonValue::object();
    expected.add("is_architecture_measured", known.is_architecture_measured);
    expected.add("left_out", error->basis).add("of", error->of);
    expected.add("median", error->median).add("p90", error->p90).add("runs", double(error->count));
    json.add("expected_error", std::move(expected));
  }
  if (run != nullptr) return json.add("run", outlook_json(*run, subject.upkeep));
  const RunTotals totals = totals_of(subject, step);
  JsonValue cost = JsonValue::object();
  cost.add("tokens", kShownTokens)
      .add("days", totals.days)
      .add("mwh", totals.mwh)
      .add("usd", totals.usd);
  return json.add("run", std::move(cost));
}

}  // namespace chokepoint
