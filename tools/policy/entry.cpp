#include "tools/policy/entry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

#include "tools/policy/amounts.hpp"
#include "tools/policy/words.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/labeled_lines.hpp"

namespace chokepoint {
namespace {

const Shipment kNoShipment;

/// What relates one rule to others.
struct Relations {
  std::vector<std::string> replaced_by, softened_by, quotas, events, begun_by;
};

template <class List, class Id>
bool has(const List& ids, Id id) {
  return std::ranges::find(ids, id) != ids.end();
}

Relations relations_of(const PolicyBook& book, RuleId id) {
  Relations result;
  const Regime& regime = book.world.regime;
  for (const Rule& rule : regime.rules) {
    if (has(rule.supersedes, id)) {
      result.replaced_by.push_back(rule.name + (rule.enabled ? "" : " (off)"));
    }
  }
  for (const Exception& exception : regime.exceptions) {
    if (has(exception.rules, id)) {
      result.softened_by.push_back(exception.name + (exception.enabled ? "" : " (off)"));
    }
  }
  for (const Quota& quota : regime.quotas) {
    if (quota.rule == id) result.quotas.push_back(quota.name);
  }
  for (const auto& event : book.composed.scenario.policy_events()) {
    if (has(event.rules(), regime.rules[id.value].name)) result.events.push_back(event.name());
  }
  for (const Reaction& reaction : book.world.reactions) {
    if (has(reaction.begins_rules, id)) {
      result.begun_by.push_back(reaction.name + (reaction.enabled ? "" : " (off)"));
    }
  }
  return result;
}

std::string all_names(const std::vector<std::string>& names) {
  return name_list(names, 1000);
}

std::vector<std::string> rule_names(const std::vector<RuleId>& ids, const World& world) {
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (const RuleId id : ids) names.push_back(world.regime.rules[id.value].name);
  return names;
}

std::string heading(const std::string& name, const std::string& kind, const std::string& title) {
  return name + " (" + kind + ")\n" + title + "\n\n";
}

template <class Message>
void add_source(LabeledLines& lines, const Message& in, const PolicyBook& book) {
  lines.add("citation", in.citation());
  for (const pb::Source& source : book.composed.scenario.sources()) {
    if (source.name() != in.source()) continue;
    lines.add("source", source.name() + ": " + source.what());
    if (source.location() != "-") lines.add("", source.location());
    lines.add("", source.note());
  }
  lines.add("confidence", in_words(static_cast<Confidence>(static_cast<int>(in.confidence()) - 1)));
}

// Notes and other sources' figures, which a line of amounts has no room for.
void add_remarks(LabeledLines& lines, const std::string& figure, const pb::Sourced& in) {
  if (!in.note().empty()) lines.add("note", figure + ": " + in.note());
  for (const auto& other : in.alternatives()) {
    const std::string value =
        figure == "wait" ? fmt::format("{:.12g} days", other.value()) : share_text(other.value());
    lines.add("or", fmt::format("{} {} ({}, source {}){}{}", figure, value,
                                in_words(static_cast<Confidence>(other.confidence() - 1)),
                                other.source(), other.note().empty() ? "" : ": ", other.note()));
  }
}

void add_amounts(LabeledLines& lines, const Sourced<double>& admitted, const Review& review,
                 const World& world) {
  lines.add("admitted", share_of(admitted, "of what is asked for", world));
  if (review.time.value > Seconds{}) lines.add("wait", days_of(review.time, world));
  if (review.refusal_probability.value > 0.0) {
    lines.add("refusal", share_of(review.refusal_probability, "of applications", world));
  }
}

std::string categories_text(const Rule& rule) {
  std::vector<std::string> words;
  for (int i = 0; i <= static_cast<int>(Category::Material); ++i) {
    const auto category = static_cast<Category>(i);
    if ((rule.categories >> static_cast<unsigned>(i) & 1U) != 0) {
      words.push_back(in_words(category));
    }
  }
  return name_list(words);
}

std::string reach_text(const Rule& rule) {
  std::string text = "what is sold from, leaves or enters " + rule.government.text();
  for (const RuleFlag& flag : kRuleFlags) {
    if (rule.*flag.member) text += flag.reach;
  }
  if (rule.reaches_in_flight) {
    text += *rule.reaches_in_flight ? ", also on its way" : ", not what is on its way";
  }
  return text;
}

std::string rule_text(const PolicyBook& book, RuleId id) {
  const RulePair rule = book.rule(id);
  const World& world = book.world;
  const std::size_t indent = LabeledLines::text_indent();
  const Relations relations = relations_of(book, id);
  LabeledLines lines;
  lines.add("standing", in_words(rule.read.standing) + (rule.read.enabled ? "" : ", off"));
  lines.add("in force", dates_text(rule.read));
  lines.add("verdict", in_words(rule.read.verdict));
  add_amounts(lines, rule.read.admitted_share, rule.read.review, world);
  if (rule.read.tariff_share.value > 0.0) {
    lines.add("duty", share_of(rule.read.tariff_share, "of the price", world));
  }
  lines.add("about", categories_text(rule.read));
  lines.add("reaches", reach_text(rule.read));
  const auto asked = rule_reasons(rule, kNoShipment, Date(), world);
  lines.add_block("where", conditions_text(asked.route, indent));
  lines.add_block("what", asked.item.empty() ? std::string(indent, ' ') + "everything of the kind\n"
                                             : conditions_text(asked.item, indent));
  lines.add("softened by", all_names(relations.softened_by));
  lines.add("replaces", all_names(rule_names(rule.read.supersedes, world)));
  lines.add("replaced by", all_names(relations.replaced_by));
  lines.add("quotas", all_names(relations.quotas));
  lines.add("events", all_names(relations.events));
  lines.add("begun by", all_names(relations.begun_by));
  add_source(lines, rule.written, book);
  add_remarks(lines, "admitted", rule.written.admitted_share());
  add_remarks(lines, "wait", rule.written.review().days());
  add_remarks(lines, "refusal", rule.written.review().refusal_probability());
  add_remarks(lines, "duty", rule.written.tariff_share());
  return heading(rule.read.name, "rule of " + rule.read.government.text(), rule.read.title) +
         lines.text();
}

std::string exception_text(const PolicyBook& book, ExceptionId id) {
  const ExceptionPair exception = book.exception(id);
  const World& world = book.world;
  LabeledLines lines;
  lines.add("standing",
            in_words(exception.read.standing) + (exception.read.enabled ? "" : ", off"));
  lines.add("in force", dates_text(exception.read));
  lines.add("verdict", in_words(exception.read.verdict));
  add_amounts(lines, exception.read.admitted_share, exception.read.review, world);
  if (exception.read.revenue_share.value > 0.0) {
    lines.add("charge",
              share_of(exception.read.revenue_share, "of revenue, to the government", world));
  }
  lines.add("softens", all_names(rule_names(exception.read.rules, world)));
  const auto asked = exception_argument(exception, RuleId{}, kNoShipment, Date(), world);
  lines.add_block("scope", conditions_text(asked.scope, LabeledLines::text_indent()));
  std::vector<std::string> quotas;
  for (const Quota& quota : world.regime.quotas) {
    if (quota.exception == id) quotas.push_back(quota.name);
  }
  lines.add("quotas", all_names(quotas));
  add_source(lines, exception.written, book);
  add_remarks(lines, "admitted", exception.written.admitted_share());
  add_remarks(lines, "wait", exception.written.review().days());
  add_remarks(lines, "refusal", exception.written.review().refusal_probability());
  add_remarks(lines, "charge", exception.written.revenue_share());
  return heading(exception.read.name, "exception of " + book.government_of(exception.read).text(),
                 exception.read.title) +
         lines.text();
}

std::string quota_entry_text(const PolicyBook& book, const pb::Quota& in, const Quota& quota) {
  LabeledLines lines;
  lines.add("of", in.has_rule() ? "rule " + in.rule() : "exception " + in.exception());
  lines.add("allows", quota_text(quota, book.world));
  lines.add("note", in.amount().note());
  lines.add("note", in.share_of_home_sales().note());
  return heading(quota.name, "quota", "What may move under it in all") + lines.text();
}

std::string event_text(const PolicyBook& book, const pb::PolicyEvent& in) {
  LabeledLines lines;
  lines.add("date", in.date());
  lines.add("about", all_names({in.rules().begin(), in.rules().end()}));
  add_source(lines, in, book);
  return heading(in.name(), "event, " + in.government(), in.title()) + lines.text();
}

std::string reaction_text(const PolicyBook& book, const pb::Reaction& in, std::size_t index) {
  const Reaction& reaction = book.world.reactions[index];
  LabeledLines lines;
  const auto& answers = book.world.answers;
  const auto answer = std::ranges::find(answers, index, &Answer::reaction);
  const std::string nothing = reaction.enabled ? "nothing" : "nothing, off";
  lines.add("answers", answer == answers.end() ? nothing : occasion_text(*answer, book.world));
  if (answer != answers.end()) lines.add("on", format_date(answer->day));
  lines.add("delay", days_of(reaction.delay, book.world));
  lines.add("begins", all_names({in.begins_rules().begin(), in.begins_rules().end()}));
  lines.add("begins", all_names({in.begins_exceptions().begin(), in.begins_exceptions().end()}));
  lines.add("suspends", all_names({in.suspends_rules().begin(), in.suspends_rules().end()}));
  lines.add("suspends",
            all_names({in.suspends_exceptions().begin(), in.suspends_exceptions().end()}));
  add_source(lines, in, book);
  add_remarks(lines, "delay", in.delay_days());
  return heading(in.name(), "reaction of " + in.government(), in.title()) + lines.text();
}

std::string group_text(const PolicyBook& book, const pb::CountryGroup& in) {
  LabeledLines lines;
  lines.add("countries", all_names({in.countries().begin(), in.countries().end()}));
  add_source(lines, in, book);
  return heading(in.name(), "group of countries", in.title()) + lines.text();
}

/// An entry as it is written.
struct Entry {
  const google::protobuf::Message* message = nullptr;
  std::string kind, list;
  std::uint32_t index = 0;
};

template <class Messages>
bool look_in(const Messages& messages, const std::string& kind, const std::string& list,
             const std::string& name, Entry& found) {
  for (int i = 0; i < messages.size(); ++i) {
    if (messages.Get(i).name() != name) continue;
    found = {&messages.Get(i), kind, list, static_cast<std::uint32_t>(i)};
    return true;
  }
  return false;
}

Entry entry_named(const PolicyBook& book, const std::string& name) {
  const pb::Scenario& written = book.composed.scenario;
  Entry found;
  const bool known = look_in(written.rules(), "rule", "rules", name, found) ||
                     look_in(written.exceptions(), "exception", "exceptions", name, found) ||
                     look_in(written.quotas(), "quota", "quotas", name, found) ||
                     look_in(written.policy_events(), "event", "policy_events", name, found) ||
                     look_in(written.reactions(), "reaction", "reactions", name, found) ||
                     look_in(written.country_groups(), "group", "country_groups", name, found);
  assert(known);
  return found;
}

std::string place(const PolicyBook& book, const Entry& entry, const std::string& name,
                  const std::filesystem::path& root) {
  return place_of(book, entry.list + "[" + name + "]", root);
}

}  // namespace

std::vector<std::string> policy_entry_names(const PolicyBook& book) {
  const pb::Scenario& written = book.composed.scenario;
  std::vector<std::string> names;
  const auto add = [&](const auto& entries) {
    std::ranges::transform(entries, std::back_inserter(names),
                           [](const auto& in) { return in.name(); });
  };
  add(written.rules());
  add(written.exceptions());
  add(written.quotas());
  add(written.policy_events());
  add(written.reactions());
  add(written.country_groups());
  return names;
}

std::string policy_entry_text(const PolicyBook& book, const std::string& name,
                              const std::filesystem::path& root) {
  const Entry entry = entry_named(book, name);
  const pb::Scenario& written = book.composed.scenario;
  const int i = static_cast<int>(entry.index);
  LabeledLines lines;
  lines.add("written in", place(book, entry, name, root));
  std::string text;
  if (entry.kind == "rule") text = rule_text(book, RuleId{entry.index});
  if (entry.kind == "exception") text = exception_text(book, ExceptionId{entry.index});
  if (entry.kind == "quota") {
    text = quota_entry_text(book, written.quotas(i), book.world.regime.quotas[entry.index]);
  }
  if (entry.kind == "event") text = event_text(book, written.policy_events(i));
  if (entry.kind == "reaction") text = reaction_text(book, written.reactions(i), entry.index);
  if (entry.kind == "group") text = group_text(book, written.country_groups(i));
  return text + lines.text();
}

std::string policy_entry_json(const PolicyBook& book, const std::string& name,
                              const std::filesystem::path& root) {
  const Entry entry = entry_named(book, name);
  std::string json = "{\"schema\": \"chokepoint.policy.entry/1\", \"kind\": \"" + entry.kind +
                     "\", \"written_in\": " + json_quoted(place(book, entry, name, root));
  if (entry.kind == "rule") {
    const Relations relations = relations_of(book, RuleId{entry.index});
    const auto& ended = book.world.regime.rules[entry.index].validity.ended;
    const JsonValue until = ended ? JsonValue(format_date(*ended)) : JsonValue();
    json += ",\n\"until\": " + until.text() +
            ", \"replaced_by\": " + JsonValue::list(relations.replaced_by).text() +
            ", \"softened_by\": " + JsonValue::list(relations.softened_by).text();
  }
  return json + ",\n\"entry\": " + to_json(*entry.message) + "}\n";
}

}  // namespace chokepoint
