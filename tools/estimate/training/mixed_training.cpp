#include "tools/estimate/training/mixed_training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/scenario/text/phrases.hpp"
#include "tools/estimate/training/training_answer.hpp"
#include "tools/estimate/training/training_search_text.hpp"
#include "tools/print/labeled_lines.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kAlike = 1e-3;  // Relative, that times may differ by and still be called alike.

std::string listed(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : ", ") + one;
  return text;
}

// Which kinds have no arithmetic for the format, and what all of them have.
std::optional<Misunderstanding> format_complaint(const MixedSubject& subject,
                                                 TrainingFormat format) {
  std::vector<std::string> without, common;
  const auto all_have = [&](TrainingFormat one) {
    return std::ranges::all_of(subject.kinds, [&](const TrainingSubject& kind) {
      return has_format(*kind.known.device, one);
    });
  };
  for (const TrainingSubject& kind : subject.kinds) {
    if (!has_format(*kind.known.device, format)) without.push_back(kind.known.device->name);
  }
  if (without.empty()) return std::nullopt;
  for (std::size_t i = 0; i < kTrainingFormats; ++i) {
    const auto one = static_cast<TrainingFormat>(i);
    if (all_have(one)) common.emplace_back(name(one));
  }
  return Misunderstanding{
      fmt::format("{} {} no arithmetic for {}, and stages of one pipeline "
                  "share a format",
                  listed(without), without.size() > 1 ? "have" : "has", name(format)),
      "formats of all kinds: " + listed(common)};
}

// What the mix does beside all kinds alone, each on a batch of its own.
double share_of_all_alone(const MixedSearch& found) {
  double alone = 0;
  for (const TrainingSearch& one : found.alone) {
    if (!one.plans.empty()) alone += 1 / one.plans.front().time.total().value;
  }
  return alone > 0 ? 1 / found.mixes.front().time.total().value / alone : 0;
}

// Of the time of a pipeline, what devices of a part are busy for; the mean of its stages.
double busy_share(const RankedMixedPlan& mix, const MixedPart& part, std::size_t first) {
  Seconds busy;
  for (int s = 0; s < part.stages(); ++s) {
    busy += mix.time.stages[first + static_cast<std::size_t>(s)].total();
  }
  return busy * part.plan.microbatches() / (mix.time.pipeline * part.stages());
}

std::string layers_text(const MixedPart& part) {
  const auto [least, most] = std::ranges::minmax(part.layers);
  return least == most ? std::to_string(least) : fmt::format("{}-{}", least, most);
}

std::string device_name(const MixedSubject& subject, std::size_t kind) {
  return subject.kinds[kind].known.device_name;
}

std::string mix_text(const MixedSubject& subject, const MixedPlan& plan) {
  std::string text;
  for (const MixedPart& part : plan.parts) {
    text += fmt::format("{}{} x {} tp {} pp {}", text.empty() ? "" : " > ", part.devices(),
                        device_name(subject, part.kind), part.plan.tensor, part.stages());
  }
  const TrainingPlan& common = plan.parts.front().plan;
  if (common.context > 1) text += fmt::format(" cp {}", common.context);
  return text + fmt::format(" dp {}, {} x {} sequences", common.data, common.microbatches(),
                            common.microbatch);
}

FlopsPerSecond peak_of(const MixedSubject& subject, std::size_t kind) {
  return *subject.kinds[kind].known.device->peaks.bf16 * double(subject.devices[kind]);
}

FlopsPerSecond peak_of_all(const MixedSubject& subject) {
  FlopsPerSecond sum;
  for (std::size_t i = 0; i < subject.kinds.size(); ++i) sum += peak_of(subject, i);
  return sum;
}

Table mix_plans_table(const MixedSubject& subject, const MixedSearch& found) {
  Table table("plans", {Column("plan", Type::Text), Column("iteration_time_s", Type::Real),
                        Column("tokens_per_s", Type::Real), Column("mfu", Type::Text)});
  const TrainingTask& task = subject.task;
  const Flops asked =
      step_flops(subject.kinds.front().known.model, task.sequence, task.global_batch);
  const auto add = [&](const std::string& plan, Seconds step, FlopsPerSecond peak) {
    table.add_row({plan, step.value, task.global_batch * task.sequence / step.value,
                   format_share<1>(asked / step / peak)});
  };
  for (const RankedMixedPlan& mix : found.mixes) {
    add(mix_text(subject, mix.plan), mix.time.total(), peak_of_all(subject));
  }
  for (std::size_t i = 0; i < found.alone.size(); ++i) {
    const std::string alone = device_name(subject, i) + " alone: ";
    if (found.alone[i].plans.empty()) {
      table.add_row({alone + "none fits", {}, {}, {}});
    } else {
      const RankedTrainingPlan& best = found.alone[i].plans.front();
      add(alone + plan_text(best.plan), best.time.total(), peak_of(subject, i));
    }
  }
  return table;
}

Table mix_parts_table(const MixedSubject& subject, const RankedMixedPlan& mix) {
  Table table(
      "parts",
      {Column("part", Type::Text), Column("devices", Type::Count), Column("tp", Type::Count),
       Column("stages", Type::Count), Column("layers", Type::Text), Column("stage_ms", Type::Real),
       Column("busy", Type::Text), Column("recompute", Type::Text), Column("zero", Type::Count),
       Column("memory_gib", Type::Real), Column("fits", Type::Text)});
  std::size_t first = 0;
  for (std::size_t i = 0; i < mix.plan.parts.size(); ++i) {
    const MixedPart& part = mix.plan.parts[i];
    Seconds slowest;
    for (int s = 0; s < part.stages(); ++s) {
      slowest = std::max(slowest, mix.time.stages[first + static_cast<std::size_t>(s)].total());
    }
    table.add_row(
        {device_name(subject, part.kind), part.devices(), part.plan.tensor, part.stages(),
         layers_text(part), slowest.value * 1e3, format_share(busy_share(mix, part, first)),
         std::string(name(part.plan.recompute)), part.plan.zero,
         mix.memory[i].total().value / kBytesPerGib, std::string(name(mix.memory[i].fit()))});
    first += static_cast<std::size_t>(part.stages());
  }
  return table;
}

// Whose devices wait most in the pipeline, and for how much of it.
std::string waiting_words(const MixedSubject& subject, const RankedMixedPlan& mix) {
  double least = 1;
  std::size_t first = 0, kind = 0;
  for (const MixedPart& part : mix.plan.parts) {
    const double busy = busy_share(mix, part, first);
    if (busy < least) least = busy, kind = part.kind;
    first += static_cast<std::size_t>(part.stages());
  }
  return fmt::format("{} waits for {} of the pipeline", device_name(subject, kind),
                     format_share(1 - least));
}

std::string idle_words(const MixedSubject& subject, const MixedPlan& plan) {
  std::string text;
  for (std::size_t kind = 0; kind < subject.kinds.size(); ++kind) {
    int idle = subject.devices[kind];
    for (const MixedPart& part : plan.parts) {
      if (part.kind == kind) idle -= part.devices();
    }
    if (idle == 0) continue;
    text += fmt::format("{}{} x {}", text.empty() ? "" : ", ", idle, device_name(subject, kind));
  }
  return text.empty() ? "none" : text;
}

std::string verdict_words(const MixedSubject& subject, const MixedSearch& found) {
  const auto best = found.best_alone();
  if (found.mixes.empty()) {
    return best ? "no mix fits; " + device_name(subject, *best) + " alone is the answer"
                : "neither a mix fits nor a kind alone";
  }
  const RankedMixedPlan& mix = found.mixes.front();
  if (!best) return "no kind holds the model alone: only together they train it";
  const Seconds alone = found.alone[*best].plans.front().time.total();
  const double gain = alone / mix.time.total();
  const std::string of_all =
      fmt::format("{} of what all kinds would do side by side on batches of their own; {}",
                  format_share(share_of_all_alone(found)), waiting_words(subject, mix));
  if (gain > 1 + kAlike) {
    return fmt::format("the mix is {} times as fast as {} alone: {}", format_value(gain),
                       device_name(subject, *best), of_all);
  }
  return fmt::format(
      "{} alone is {} times as fast as the best mix and the answer: others are "
      "better left idle. A mix reaches {}",
      device_name(subject, *best), format_value(1 / gain), of_all);
}

Seconds longer_way(const KindBorder& border) {
  return std::max(border.hand_over.forward, border.hand_over.backward);
}

std::string border_words(const MixedSubject& subject, const RankedMixedPlan& mix) {
  std::string text;
  for (std::size_t i = 0; i < mix.time.borders.size(); ++i) {
    const KindBorder& border = mix.time.borders[i];
    text += fmt::format(
        "{}{} to {} over the network of {}, the slower: {} GB/s of a device, {} ms "
        "of waiting for a microbatch",
        text.empty() ? "" : "; ", device_name(subject, mix.plan.parts[i].kind),
        device_name(subject, mix.plan.parts[i + 1].kind), device_name(subject, border.slower),
        format_value(border.rate.value / 1e9), format_value(longer_way(border).value * 1e3));
  }
  return text;
}

JsonValue part_json(const MixedSubject& subject, const RankedMixedPlan& mix, std::size_t i) {
  const MixedPart& part = mix.plan.parts[i];
  JsonValue json = JsonValue::object(), layers = JsonValue::list();
  for (const int one : part.layers) layers.push(double(one));
  json.add("device", device_name(subject, part.kind))
      .add("devices", double(part.devices()))
      .add("tp", double(part.plan.tensor))
      .add("stages", double(part.stages()))
      .add("ep", double(part.plan.expert))
      .add("zero", double(part.plan.zero))
      .add("recompute", std::string(name(part.plan.recompute)))
      .add("layers", std::move(layers))
      .add("memory_bytes", mix.memory[i].total().value)
      .add("fits", std::string(name(mix.memory[i].fit())));
  return json;
}

JsonValue mix_json(const MixedSubject& subject, const RankedMixedPlan& mix) {
  JsonValue json = JsonValue::object(), parts = JsonValue::list(), borders = JsonValue::list();
  for (std::size_t i = 0; i < mix.plan.parts.size(); ++i) {
    parts.push(part_json(subject, mix, i));
  }
  for (const KindBorder& border : mix.time.borders) {
    JsonValue one = JsonValue::object();
    one.add("slower", device_name(subject, border.slower))
        .add("rate_gb_s", border.rate.value / 1e9)
        .add("hand_over_s", longer_way(border).value);
    borders.push(std::move(one));
  }
  const TrainingPlan& common = mix.plan.parts.front().plan;
  json.add("iteration_time_s", mix.time.total().value)
      .add("dp", double(common.data))
      .add("cp", double(common.context))
      .add("microbatch", double(common.microbatch))
      .add("microbatches", double(common.microbatches()))
      .add("precision", std::string(name(common.format)))
      .add("parts", std::move(parts))
      .add("borders", std::move(borders));
  return json;
}

}  // namespace

std::variant<MixedSubject, Misunderstanding> understand_mixed(const TrainingQuestion& question,
                                                              std::span<const CountedKind> fleet,
                                                              const TrainingWorld& world) {
  if (!question.stack_version.empty()) {
    return Misunderstanding{"one stack version for several kinds of devices",
                            "leave --stack-version out: each kind takes the newest of its stack"};
  }
  MixedSubject made;
  for (const CountedKind& entry : fleet) {
    TrainingQuestion asked = question;
    asked.device = entry.device;
    asked.devices = static_cast<int>(entry.count);
    asked.precision.clear();
    auto one = understand(without_degrees(asked), world);
    if (auto* wrong = std::get_if<Misunderstanding>(&one)) return std::move(*wrong);
    auto& kind = std::get<TrainingSubject>(one);
    const auto known = std::ranges::find_if(made.kinds, [&](const TrainingSubject& other) {
      return other.known.device == kind.known.device;
    });
    if (known != made.kinds.end()) {
      made.devices[static_cast<std::size_t>(known - made.kinds.begin())] += asked.devices;
      continue;
    }
    made.kinds.push_back(std::move(kind));
    made.devices.push_back(asked.devices);
  }
  TrainingFormat format = TrainingFormat::Bf16;
  for (std::size_t i = 0; i < kTrainingFormats; ++i) {
    const auto one = static_cast<TrainingFormat>(i);
    if (question.precision == name(one)) format = one;
  }
  if (auto wrong = format_complaint(made, format)) return std::move(*wrong);
  // A format that is none is complained of as of one kind; the others have keys of the format.
  for (TrainingSubject& kind : made.kinds) {
    TrainingQuestion asked = question;
    asked.device = kind.known.device_name;
    auto one = understand(without_degrees(asked), world);
    if (auto* wrong = std::get_if<Misunderstanding>(&one)) return std::move(*wrong);
    kind = std::move(std::get<TrainingSubject>(one));
  }
  made.task = task_of(question, made.kinds.front());
  return made;
}

MixedSearch search_fleet(const MixedSubject& subject, const TrainingWorld& world,
                         std::size_t most) {
  std::vector<TrainingSystem> systems;
  systems.reserve(subject.kinds.size());
  for (const TrainingSubject& kind : subject.kinds) {
    systems.push_back(kind.known.system(world.figures));
  }
  std::vector<FleetKind> kinds;
  kinds.reserve(systems.size());
  for (std::size_t i = 0; i < systems.size(); ++i) {
    kinds.push_back({systems[i], subject.devices[i]});
  }
  return search_mixed(kinds, subject.task, most);
}

std::string mixed_text(const MixedSubject& subject, const MixedSearch& found) {
  std::string fleet;
  for (std::size_t i = 0; i < subject.kinds.size(); ++i) {
    fleet += fmt::format("{}{} x {}", fleet.empty() ? "" : " + ", subject.devices[i],
                         device_name(subject, i));
  }
  LabeledLines lines;
  lines.add("question",
            fmt::format("{} on {}, a batch of {} sequences of {} tokens, {}",
                        subject.kinds.front().known.model_name, fleet, subject.task.global_batch,
                        format_value(subject.task.sequence), name(subject.task.format)));
  lines.add("searched", fmt::format("{} mixes; those that no bound rules out were estimated, {}, "
                                    "of which {} do not fit",
                                    found.tried, found.estimated, found.too_large));
  lines.add("verdict", verdict_words(subject, found));
  if (!found.mixes.empty()) {
    const RankedMixedPlan& mix = found.mixes.front();
    lines.add("border", border_words(subject, mix));
    lines.add("left idle", idle_words(subject, mix.plan));
  }
  std::string text = lines.text() + "\n" + to_text(mix_plans_table(subject, found));
  if (found.mixes.empty()) return text;
  return text + "\nThe best mix, in the order of its pipeline\n" +
         to_text(mix_parts_table(subject, found.mixes.front()));
}

JsonValue mixed_json(const MixedSubject& subject, const MixedSearch& found) {
  JsonValue json = JsonValue::object(), mixes = JsonValue::list(), alone = JsonValue::list();
  for (const RankedMixedPlan& mix : found.mixes) mixes.push(mix_json(subject, mix));
  for (std::size_t i = 0; i < found.alone.size(); ++i) {
    JsonValue one = JsonValue::object();
    one.add("device", device_name(subject, i)).add("devices", double(subject.devices[i]));
    if (!found.alone[i].plans.empty()) {
      const RankedTrainingPlan& best = found.alone[i].plans.front();
      one.add("iteration_time_s", best.time.total().value).add("plan", plan_text(best.plan));
    }
    alone.push(std::move(one));
  }
  json.add("schema", "chokepoint.estimate.training.mix/1")
      .add("model", subject.kinds.front().known.model_name)
      .add("tried", double(found.tried))
      .add("estimated", double(found.estimated))
      .add("is_mix_fastest", found.is_mix_fastest())
      .add("verdict", verdict_words(subject, found))
      .add("mixes", std::move(mixes))
      .add("alone", std::move(alone));
  return json;
}

}  // namespace chokepoint
