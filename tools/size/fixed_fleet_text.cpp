#include <fmt/format.h>

#include <utility>

#include "tools/estimate/serving_answer.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/wrap.hpp"
#include "tools/size/fixed_fleet.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

Table held_table(const HeldAnswer& answer) {
  Table table("fleet", {Column("device", Type::Text), Column("devices", Type::Count),
                        Column("replicas", Type::Count), Column("plan", Type::Text, "of"),
                        Column("format", Type::Text),
                        Column("requests_s", Type::Real, "requests/s", format_rough),
                        Column("power_kw", Type::Real, "kW", format_rough)});
  for (const HeldKind& kind : answer.kinds) {
    const HeldFleet* held = kind.fleet();
    if (held == nullptr) {
      table.add_row(
          {kind.kind.text(), double(kind.kind.count), Cell(), Cell(), Cell(), 0.0, Cell()});
      continue;
    }
    table.add_row({kind.kind.text(), double(held->devices()), double(held->replicas),
                   plan_text(held->estimate.plan), format_word(held->estimate.plan.precision),
                   held->breaking.rate, kind.cost.power.value * 1e-3});
  }
  return table;
}

std::string line(const std::string& text) {
  return paragraph(text, kTableColumns, 0, 2);
}

}  // namespace

std::string held_text(const SizeQuestion& question, const HeldAnswer& answer) {
  std::string text = line(question_text(question)) + "\n" + to_text(held_table(answer)) + "\n";
  for (const HeldKind& kind : answer.kinds) {
    const HeldFleet* held = kind.fleet();
    if (held == nullptr) {
      text += line(kind.kind.text() + ": " + none_text(question, std::get<NoFleet>(kind.found)));
      continue;
    }
    if (held->devices() < kind.kind.count) {
      text += line(fmt::format("{}: {} of {} devices make no whole replica", kind.kind.text(),
                               kind.kind.count - held->devices(), kind.kind.count));
    }
    if (answer.kinds.size() > 1) {
      text += line(kind.kind.text() + " alone: " +
                   breaking_text(question.target.bounds, held->breaking, question.target.rate));
    }
  }
  if (!answer.together) return text + line("The fleet holds no rate under this target.");
  text += line("The fleet: " +
               breaking_text(question.target.bounds, answer.together, question.target.rate));
  if (!answer.keeps_rate) return text;
  return text + line(fmt::format("{} the target at {} requests/s.",
                                 *answer.keeps_rate ? "It keeps" : "It misses",
                                 format_rough(*question.target.rate)));
}

JsonValue held_json(const SizeQuestion& question, const HeldAnswer& answer) {
  JsonValue kinds = JsonValue::list(), bounds = JsonValue::list();
  for (const LatencyBound& bound : question.target.bounds) bounds.push(bound_text(bound));
  for (const HeldKind& kind : answer.kinds) {
    JsonValue json = JsonValue::object();
    const NodeSpec* node = kind.subject->node;
    json.add("device", kind.kind.device)
        .add("server", node != nullptr ? JsonValue(node->name) : JsonValue())
        .add("devices", double(kind.kind.count));
    if (const HeldFleet* held = kind.fleet()) {
      json.add("devices_in_use", double(held->devices()))
          .add("replicas", double(held->replicas))
          .add("plan", plan_json(held->estimate.plan))
          .add("power_kw", kind.cost.power.value * 1e-3)
          .add("alone", breaking_json(question, held->breaking));
    } else {
      json.add("no_fleet", none_text(question, std::get<NoFleet>(kind.found)));
    }
    kinds.push(std::move(json));
  }
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.size.fleet/1")
      .add("model", question.of.model)
      .add("load", question.load.text)
      .add("bounds", std::move(bounds))
      .add("kinds", std::move(kinds))
      .add("together", breaking_json(question, answer.together))
      .add("keeps_rate", answer.keeps_rate ? JsonValue(*answer.keeps_rate) : JsonValue());
  return json;
}

}  // namespace chokepoint
