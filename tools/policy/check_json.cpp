#include "tools/policy/check_text.hpp"

#include <utility>

#include "tools/policy/reasons.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

JsonValue code(Country country) {
  return country.text();
}

JsonValue item_json(const PolicyCheck& check, const World& world) {
  const Item& item = check.shipment.item;
  JsonValue sold = JsonValue::list(), types = JsonValue::list();
  for (const Country country : countries_of(item.sold_in)) sold.push(code(country));
  for (const ItemTypeId type : item.types) types.push(world.item_types[type.value]);
  JsonValue json = JsonValue::object();
  json.add("name", check.subject.name).add("display", check.subject.display);
  json.add("category", in_words(item.category));
  json.add("vendor", item.vendor ? JsonValue(world.orgs[item.vendor->value].name) : JsonValue());
  json.add("vendor_headquarters", code(item.vendor_headquarters));
  json.add("released",
           check.subject.released ? JsonValue(format_date(*check.subject.released)) : JsonValue());
  json.add("vendor_assumed", check.vendor_assumed);
  json.add("not_released_yet", check.not_released_yet);
  for (const AttributeRow& row : attributes()) {
    if (!row.statement.is_given()) continue;  // Follows from others.
    const auto value = in_unit(row.attribute, item);
    const bool is_flag = value && row.is_yes_no;
    json.add(row.field, is_flag ? JsonValue(*value != 0.0) : JsonValue(value));
  }
  return std::move(json.add("sold_in", sold).add("types", types));
}

JsonValue shipment_json(const PolicyCheck& check, const World& world) {
  const Shipment& shipment = check.shipment;
  JsonValue classes = JsonValue::list();
  for (const BuyerClassId id : shipment.buyer.classes) {
    classes.push(world.buyer_classes[id.value]);
  }
  JsonValue buyer = JsonValue::object();
  buyer.add("org", shipment.buyer.org ? JsonValue(world.orgs[shipment.buyer.org->value].name)
                                      : JsonValue());
  buyer.add("headquarters", code(shipment.buyer.headquarters)).add("classes", classes);
  JsonValue json = JsonValue::object();
  json.add("from", code(shipment.exported_from)).add("to", code(shipment.to)).add("buyer", buyer);
  return json;
}

template <class Pair>
JsonValue measure_json(const Pair& pair) {
  JsonValue json = JsonValue::object();
  json.add("name", pair.read.name).add("title", pair.read.title);
  json.add("standing", in_words(pair.read.standing));
  json.add("verdict", schema_name(pair.read.verdict)).add("citation", pair.read.citation);
  json.add("effective", format_date(pair.read.validity.effective));
  const auto& ended = pair.read.validity.ended;
  json.add("ended", ended ? JsonValue(format_date(*ended)) : JsonValue());
  return json;
}

JsonValue rule_json(const RuleCheck& check, const PolicyBook& book) {
  JsonValue exceptions = JsonValue::list();
  for (const ExceptionCheck& exception : check.exceptions) {
    JsonValue json = JsonValue::object();
    json.add("name", book.exception(exception.exception).read.name);
    json.add("applies", exception.argument.applies);
    json.add("because", to_json(exception.argument.scope));
    exceptions.push(std::move(json));
  }
  const Rule& rule = book.rule(check.rule).read;
  JsonValue json = JsonValue::object();
  json.add("name", rule.name).add("verdict", schema_name(rule.verdict));
  json.add("applies", check.argument.applies).add("decides", check.decides);
  json.add("way", to_json(check.argument.route)).add("item", to_json(check.argument.item));
  json.add("exceptions", exceptions);
  return json;
}

void add_ruling(JsonValue& json, const Ruling& ruling) {
  json.add("verdict", schema_name(ruling.verdict)).add("in_words", in_words(ruling));
  json.add("admitted_share", ruling.admitted_share);
  json.add("wait_days", ruling.wait / 1_days);
  json.add("refusal_probability", ruling.refusal_probability);
  json.add("revenue_share", ruling.revenue_share).add("tariff_share", ruling.tariff_share);
}

JsonValue government_json(const GovernmentCheck& check, const PolicyBook& book) {
  const Ruling& ruling = check.ruling;
  JsonValue json = JsonValue::object();
  json.add("government", code(check.government)).add("role", check.role);
  add_ruling(json, ruling);
  json.add("rule", ruling.rule ? measure_json(book.rule(*ruling.rule)) : JsonValue());
  json.add("clause", check.clause.empty() ? JsonValue() : JsonValue(check.clause));
  json.add("exception",
           ruling.exception ? measure_json(book.exception(*ruling.exception)) : JsonValue());
  JsonValue quotas = JsonValue::list(), rules = JsonValue::list();
  for (const QuotaId quota : check.quotas) {
    quotas.push(book.world.regime.quotas[quota.value].name);
  }
  for (const RuleCheck& rule : check.rules) rules.push(rule_json(rule, book));
  return std::move(json.add("quotas", quotas).add("rules", rules));
}

}  // namespace

std::string check_json(const PolicyCheck& check, const PolicyBook& book) {
  JsonValue governments = JsonValue::list();
  for (const GovernmentCheck& government : check.governments) {
    governments.push(government_json(government, book));
  }
  const Ruling& overall = check.overall();
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.policy.check/1").add("date", format_date(check.date));
  json.add("verdict", schema_name(overall.verdict)).add("in_words", in_words(overall));
  JsonValue open = JsonValue::list();
  for (const OpenQuestion& question : check.open) {
    open.push(JsonValue(std::string(row_of(question.attribute).field)));
  }
  json.add("free", check.is_free()).add("turns_on", open);
  json.add("rule", overall.rule ? JsonValue(book.rule(*overall.rule).read.name) : JsonValue());
  json.add("admitted_share", check.both.admitted_share);
  json.add("wait_days", check.both.wait / 1_days);
  json.add("refusal_probability", check.both.refusal_probability);
  json.add("charged_share", check.both.revenue_share);
  json.add("item", item_json(check, book.world)).add("shipment", shipment_json(check, book.world));
  return json.add("governments", governments).text() + "\n";
}

}  // namespace chokepoint
