#include <utility>

#include "tools/estimate/serving_answer.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

JsonValue milliseconds(Seconds time) {
  return time.value * 1e3;
}

void add_fleet(JsonValue& json, const SizeQuestion& question, const SizedKind& kind) {
  const SizedFleet& fleet = *kind.fleet();
  JsonValue bounds = JsonValue::list();
  for (const LatencyBound& bound : question.target.bounds) {
    JsonValue one = JsonValue::object();
    one.add("bound", bound_name(bound))
        .add("most_ms", milliseconds(bound.most))
        .add("figure_ms", milliseconds(fleet.trial.latencies.figure(bound)));
    bounds.push(std::move(one));
  }
  json.add("devices", double(fleet.devices()))
      .add("replicas", double(fleet.replicas))
      .add("plan", plan_json(fleet.estimate.plan))
      .add("in_flight_per_replica", fleet.trial.in_flight)
      .add("bounds", std::move(bounds))
      .add("share_within", fleet.trial.share_within())
      .add("cache_use", fleet.trial.cache_use)
      .add("requests_simulated", double(fleet.trial.latencies.count()))
      .add("plans_simulated", double(fleet.plans_tried))
      .add("memory", std::string(name(fleet.estimate.fit.fit)))
      .add("power_kw", kind.cost.power.value * 1e-3)
      .add("usd_per_month",
           kind.cost.per_month ? JsonValue(kind.cost.per_month->value) : JsonValue())
      .add("usd_per_million_tokens", kind.cost.usd_per_million_tokens)
      .add("breaks_first", breaking_json(question, fleet.breaking));
}

JsonValue kind_json(const SizeQuestion& question, const SizedKind& kind, const World& world) {
  JsonValue json = JsonValue::object();
  json.add("device", kind.device)
      .add("sold_from", kind.sold_from ? JsonValue(format_date(*kind.sold_from)) : JsonValue());
  if (!kind.left_out.empty()) {
    json.add("left_out", kind.left_out)
        .add("rule", kind.ruling.rule.empty() ? JsonValue() : JsonValue(kind.ruling.rule));
    return json;
  }
  const NodeSpec* node = kind.subject->node;
  json.add("server", node != nullptr ? JsonValue(node->name) : JsonValue())
      .add("engine", kind.subject->engine.name)
      .add("price", price_text(*kind.subject, question.of.device_price_usd.has_value(), world));
  if (!kind.ruling.text().empty()) json.add("ruling", kind.ruling.text());
  if (kind.fleet() == nullptr)
    return std::move(json.add("no_fleet", none_text(question, std::get<NoFleet>(kind.found))));
  add_fleet(json, question, kind);
  return json;
}

}  // namespace

JsonValue plan_json(const ServingPlan& plan) {
  JsonValue json = JsonValue::object();
  json.add("tp", double(plan.tensor))
      .add("dp", double(plan.attention_dp))
      .add("pp", double(plan.pipeline))
      .add("ep", double(plan.expert_parallel ? plan.stage_devices() : 1))
      .add("precision", precision_text(plan.precision));
  return json;
}

JsonValue breaking_json(const SizeQuestion& question, const std::optional<Breaking>& breaking) {
  if (!breaking) return {};
  JsonValue json = JsonValue::object();
  json.add("holds_per_second", breaking->rate).add("is_broken", !breaking->is_open);
  if (breaking->is_open) return json;
  json.add("tried_per_second", breaking->tried)
      .add("bound", bound_name(question.target.bounds[breaking->broken]))
      .add("figure_ms", milliseconds(breaking->figure))
      .add("cache_use", breaking->cache_use)
      .add("waits_for_kv_memory", breaking->is_memory);
  return json;
}

JsonValue size_json(const SizeQuestion& question, const std::vector<SizedKind>& kinds,
                    const World& world) {
  JsonValue bounds = JsonValue::list(), all = JsonValue::list();
  for (const LatencyBound& bound : question.target.bounds) bounds.push(bound_text(bound));
  for (const SizedKind& kind : kinds) all.push(kind_json(question, kind, world));
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.size/1")
      .add("model", question.of.model)
      .add("prompt_tokens", question.load.prompt.value)
      .add("output_tokens", question.load.output.value)
      .add("load", question.load.text)
      .add("rate_per_second", *question.target.rate)
      .add("bounds", std::move(bounds))
      .add("kinds", std::move(all));
  return json;
}

}  // namespace chokepoint
