#include "tools/size/training_size_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/estimate/training/training_answer.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"
#include "tools/print/wrap.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsOfDay = 86'400;

double days(Seconds time) {
  return time.value / kSecondsOfDay;
}

std::string degrees_text(const TrainingPlan& plan) {
  std::string text = fmt::format("tp {} pp {}", plan.tensor, plan.pipeline);
  if (plan.chunks > 1) text += fmt::format(" vpp {}", plan.chunks);
  if (plan.context > 1) text += fmt::format(" cp {}", plan.context);
  if (plan.expert > 1) text += fmt::format(" ep {}", plan.expert);
  return text + fmt::format(" dp {}", plan.data);
}

double mfu_of(const SizedGangKind& kind) {
  const RankedTrainingPlan& best = kind.found.least->plan;
  return model_flops_utilization(kind.subject->known.model, *kind.subject->known.device, best.plan,
                                 best.time.total());
}

Table gang_table(const std::vector<SizedGangKind>& kinds, const TrainingWorld& world) {
  constexpr std::size_t kGang = 1, kCosts = 2;
  const auto text = [](const char* name, const char* heading, std::size_t group) {
    return Column(name, Type::Text, heading, nullptr, group);
  };
  Table table("gangs", {text("device", "device", 0),
                        {"devices", Type::Count, "devices", nullptr, kGang},
                        text("plan", "plan", kGang),
                        {"run_days", Type::Real, "days", format_rough, kGang},
                        text("mfu", "MFU", kGang),
                        {"power_mw", Type::Real, "MW", format_rough, kCosts},
                        {"run_usd_million", Type::Real, "$M a run", format_rough, kCosts},
                        text("stack", "stack", kCosts)});
  for (const SizedGangKind& kind : kinds) {
    const auto& gang = kind.found.least;
    if (!gang) continue;
    table.add_row({kind.device, gang->devices, degrees_text(gang->plan.plan), days(gang->run),
                   format_share<1>(mfu_of(kind)), kind.cost.power.value * 1e-6,
                   kind.run ? Cell(kind.run->value * 1e-6) : Cell(),
                   world.stack_names[kind.subject->known.device->stack.value]});
  }
  return table;
}

std::string not_in_time(const SizedGangKind& kind) {
  if (!kind.found.fastest) return "no plan fits its memory";
  return fmt::format("{} of them take {} days", format_value(kind.found.fastest->devices),
                     format_rough(days(kind.found.fastest->run)));
}

std::string expected_text(const SizedGangKind& kind, const TrainingWorld& world) {
  const auto* error = expected_training_error(world.errors, kind.subject->known);
  if (error == nullptr) return "";
  std::string text = fmt::format("half of such steps within {}, nine in ten within {}",
                                 format_share(error->median), format_share(error->p90));
  if (!kind.subject->known.is_architecture_measured) {
    text += ", the worst of what was left out of a fit: nobody measured this architecture";
  }
  return text;
}

std::string port_text(const PortWork& work) {
  return fmt::format("{} engineer-months ({} to {}), {} months for a team of {}, {} M USD",
                     format_value(work.engineer_months), format_value(work.low),
                     format_value(work.high), format_rough(work.months),
                     format_value(work.engineers), format_rough(work.cost.value * 1e-6));
}

std::string ports_section(const std::vector<SizedGangKind>& kinds, const TrainingWorld& world,
                          const std::vector<PortWork>& ports) {
  std::vector<std::string> stacks;
  std::string entries;
  for (const SizedGangKind& kind : kinds) {
    if (!kind.subject) continue;
    const std::string& stack = world.stack_names[kind.subject->known.device->stack.value];
    const PortWork* work = port_to(ports, stack);
    if (work == nullptr || std::ranges::find(stacks, stack) != stacks.end()) continue;
    stacks.push_back(stack);
    if (work->engineer_months > 0) entries += entry(stack, port_text(*work));
  }
  return section("To bring a model's family to the stack first, where nobody has", entries);
}

JsonValue gang_json(const SizedGang& gang) {
  const TrainingPlan& plan = gang.plan.plan;
  return JsonValue::object()
      .add("devices", static_cast<double>(gang.devices))
      .add("plan", plan_text(plan))
      .add("iteration_time_s", gang.plan.time.total().value)
      .add("fits", std::string(name(gang.plan.memory.fit())))
      .add("run_days", days(gang.run));
}

}  // namespace

std::string training_size_text(const TrainingSizeQuestion& question,
                               const std::vector<SizedGangKind>& kinds, const TrainingWorld& world,
                               const std::vector<PortWork>& ports) {
  const Table table = gang_table(kinds, world);
  std::string text = wrap(
      fmt::format("{}: {} billion tokens within {} days, sequences of {} tokens, {} of the time "
                  "making steps that count.",
                  question.of.model, format_value(question.target.tokens * 1e-9),
                  format_value(days(question.target.within)), format_value(question.of.sequence),
                  format_share(question.target.goodput)),
      kTableColumns, 0);
  text += "\n";
  if (!table.is_empty()) text += "\n" + to_text(table);
  std::string plans, errors, conditions, late, left_out;
  for (const SizedGangKind& kind : kinds) {
    if (!kind.left_out.empty()) {
      left_out += entry(kind.device, kind.left_out);
    } else if (!kind.found.least) {
      late += entry(kind.device, not_in_time(kind));
    } else {
      plans += entry(kind.device, plan_text(kind.found.least->plan.plan));
      errors += entry(kind.device, expected_text(kind, world));
      std::string condition = kind.ruling.text();
      if (kind.found.least->plan.memory.fit() == TrainingFit::AtTheLimit) {
        condition += condition.empty() ? "memory is at its limit" : "; memory is at its limit";
      }
      if (!condition.empty()) conditions += entry(kind.device, condition);
    }
  }
  return text + section("Plans, with all that 'estimate training' asks for", plans) +
         section("Errors to expect in the time of a step", errors) +
         ports_section(kinds, world, ports) + section("With a condition", conditions) +
         section(fmt::format("Too slow, up to {} devices", format_value(question.most)), late) +
         section("Left out", left_out);
}

JsonValue training_size_json(const TrainingSizeQuestion& question,
                             const std::vector<SizedGangKind>& kinds, const TrainingWorld& world,
                             const std::vector<PortWork>& ports) {
  JsonValue list = JsonValue::list();
  for (const SizedGangKind& kind : kinds) {
    JsonValue one = JsonValue::object();
    one.add("device", kind.device);
    if (!kind.left_out.empty()) one.add("left_out", kind.left_out);
    if (!kind.ruling.text().empty()) one.add("ruling", kind.ruling.text());
    if (kind.found.least) {
      one.add("least", gang_json(*kind.found.least))
          .add("mfu", mfu_of(kind))
          .add("power_w", kind.cost.power.value)
          .add("run_usd", kind.run ? JsonValue(kind.run->value) : JsonValue());
    } else if (kind.found.fastest) {
      one.add("fastest", gang_json(*kind.found.fastest));
    }
    if (kind.subject) {
      const std::string& stack = world.stack_names[kind.subject->known.device->stack.value];
      one.add("stack", stack);
      if (const PortWork* work = port_to(ports, stack)) {
        one.add("port_engineer_months", work->engineer_months)
            .add("port_months", work->months)
            .add("port_usd", work->cost.value);
      }
    }
    list.push(std::move(one));
  }
  return JsonValue::object()
      .add("schema", "chokepoint.size.training/1")
      .add("model", question.of.model)
      .add("tokens", question.target.tokens)
      .add("within_days", days(question.target.within))
      .add("goodput", question.target.goodput)
      .add("kinds", std::move(list));
}

}  // namespace chokepoint
