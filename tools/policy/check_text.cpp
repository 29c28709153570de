#include "tools/policy/check_text.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "tools/policy/amounts.hpp"
#include "tools/policy/eccn.hpp"
#include "tools/policy/words.hpp"
#include "tools/print/labeled_lines.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

// Free is only what is free whatever the attributes are that nobody gave.
std::string verdict_text(const PolicyCheck& check) {
  const Ruling& ruling = check.overall();
  if (ruling.verdict != Verdict::Free || check.open.empty()) return in_words(ruling);
  std::vector<OpenQuestion> by_law;
  std::ranges::copy_if(check.open, std::back_inserter(by_law), &OpenQuestion::by_law);
  return by_law.empty()
             ? "free by law, but a letter turns on what is not given, " +
                   attributes_asked_for(check.open)
             : "cannot be told, turns on what is not given, " + attributes_asked_for(by_law);
}

std::string headline(const PolicyCheck& check) {
  const Ruling& ruling = check.overall();
  std::string text = verdict_text(check);
  if (ruling.rule) text += " (" + ruling.government.text() + ")";
  return text + ": " + check.subject.display + " " + route_text(check.shipment) + " on " +
         format_date(check.date) + "\n";
}

std::string open_text(const OpenQuestion& question, const World& world) {
  const AttributeRow& row = row_of(question.attribute);
  std::string text =
      std::string(row.name) + " is not given: with some it is " + in_words(question.ruling);
  if (question.ruling.rule) {
    text += ", by " + world.regime.rules[question.ruling.rule->value].name;
  }
  return text;
}

std::string subject_text(const PolicyCheck& check, const PolicyBook& book) {
  const World& world = book.world;
  const Subject& subject = check.subject;
  const Item& item = check.shipment.item;
  LabeledLines facts;
  facts.add("means", meaning_of(check.overall().verdict));
  for (const OpenQuestion& question : check.open) facts.add("unless", open_text(question, world));
  std::string what = subject.name + ", vendor " + check.unlisted_vendor;
  if (item.vendor) what += world.orgs[item.vendor->value].name;
  if (item.vendor || !check.unlisted_vendor.empty()) what += ", ";
  what += "headquarters " + item.vendor_headquarters.text();
  if (subject.released) what += ", first sold " + format_date(*subject.released);
  facts.add("what", what);
  if (!subject.assembly.empty()) {
    facts.add("made of", subject.assembly + ": judged by the chip, whose TPP is not added up");
  }
  facts.add("ECCN", eccn_text(check, book));
  if (item.category != Category::Chip) facts.add("judged as", in_words(item.category));
  facts.add("attributes", attributes_text(item, world));
  facts.add("buyer", party_text(check.shipment.buyer, world));
  if (check.if_owned) {
    facts.add("", in_words(*check.if_owned) + " if listed parties own " +
                      "half of it: its owners are not given (--buyer-owned)");
  }
  if (check.shipment.packager) {
    facts.add("packager", party_text(*check.shipment.packager, world));
  }
  if (check.shipment.packaged_in) facts.add("packaged", check.shipment.packaged_in->text());
  if (check.shipment.state == ShipmentState::InFlight) facts.add("stage", "on its way");
  if (check.shipment.state == ShipmentState::Installed) facts.add("stage", "installed");
  if (!check.unlisted_vendor.empty()) {
    facts.add("note", "no org " + check.unlisted_vendor +
                          " is on record: letters to vendors do not name it; "
                          "'chokepoint catalog list orgs' has those that are");
  }
  if (check.vendor_assumed) {
    facts.add("note", "no vendor was named: judged as that of " + item.vendor_headquarters.text() +
                          " whom the rules treat most strictly; --vendor names another");
  }
  if (check.not_released_yet) {
    facts.add("note", "not sold yet on this day; judged as if it were");
  }
  return facts.text();
}

template <class Pair>
void add_ground(LabeledLines& facts, const Pair& ground) {
  facts.add("citation", ground.read.citation);
  facts.add("in force", in_words(ground.read.standing) + ", " + dates_text(ground.read));
}

// The rules that apply and that an exception softens, where the one that decides is none of them.
std::string softened_beside(const GovernmentCheck& government, const ExceptionPair& exception,
                            const World& world) {
  std::string names;
  for (const RuleCheck& rule : government.rules) {
    if (!rule.argument.applies || std::ranges::count(exception.read.rules, rule.rule) == 0)
      continue;
    if (rule.decides) return "";
    names += (names.empty() ? "" : ", ") + world.regime.rules[rule.rule.value].name;
  }
  return names;
}

std::string ruling_text(const GovernmentCheck& government, const PolicyBook& book) {
  const Ruling& ruling = government.ruling;
  const Regime& regime = book.world.regime;
  LabeledLines facts;
  if (ruling.rule) {
    const RulePair rule = book.rule(*ruling.rule);
    facts.add("rule", rule.read.name + ": " + rule.read.title);
    facts.add("clause", government.clause);
    add_ground(facts, rule);
  }
  if (ruling.exception) {
    const ExceptionPair exception = book.exception(*ruling.exception);
    const std::string beside = softened_beside(government, exception, book.world);
    facts.add(beside.empty() ? "softened by" : "exception",
              exception.read.name + ": " + exception.read.title);
    if (!beside.empty()) facts.add("softens", beside + ", not the rule that decides");
    add_ground(facts, exception);
  }
  for (const auto& [label, text] : amounts(ruling, book.world)) facts.add(label, text);
  for (const QuotaId quota : government.quotas) {
    const Quota& read = regime.quotas[quota.value];
    facts.add("quota", read.name + ": " + quota_text(read, book.world));
  }
  return facts.text();
}

std::string government_text(const GovernmentCheck& government, const PolicyBook& book) {
  std::string text =
      government.government.text() + ", " + government.role + ": " + in_words(government.ruling);
  if (!government.is_on_record) {
    text += " (no rule of it is on record)";
  } else if (!government.ruling.rule) {
    text += government.rules.empty() ? " (no rule in force on such things)" : " (no rule applies)";
  }
  return text + "\n" + ruling_text(government, book);
}

constexpr std::size_t kSteps = 6;

// How a rule comes to be about this way: of several grounds the first that holds.
std::string reach_text(const std::vector<Argument>& route) {
  std::vector<Argument> grounds;
  for (const Argument& step : route) {
    const auto first =
        std::ranges::find_if(step.below, [](const Argument& branch) { return branch.holds; });
    const bool is_choice = step.condition == "any of" && first != step.below.end();
    grounds.push_back(is_choice ? *first : step);
  }
  return questions_text(grounds, kSteps);
}

std::string exceptions_text(const RuleCheck& check, const PolicyBook& book) {
  std::string text;
  for (const ExceptionCheck& exception : check.exceptions) {
    const Exception& read = book.world.regime.exceptions[exception.exception.value];
    text += "    exception " + read.name + ": " +
            (exception.argument.applies ? "applies, " + in_words(read.verdict) : "does not apply") +
            "\n" + questions_text(exception.argument.scope, kSteps + 2);
  }
  return text;
}

std::string rule_text(const RuleCheck& check, const PolicyBook& book) {
  const Rule& rule = book.world.regime.rules[check.rule.value];
  std::string text = "  " + rule.name + ": ";
  text += check.argument.applies ? "applies, " + in_words(rule.verdict) : "does not apply";
  text += check.decides ? " (decides)\n" : "\n";
  text += reach_text(check.argument.route) + questions_text(check.argument.item, kSteps);
  if (check.argument.route.empty() && check.argument.item.empty()) {
    text += std::string(kSteps, ' ') + "covers everything of the kind\n";
  }
  return text + exceptions_text(check, book);
}

// A line for each rule that is about other ways, stages or receivers.
std::string out_of_reach(const GovernmentCheck& government, const PolicyBook& book) {
  std::string text;
  for (const RuleCheck& check : government.rules) {
    if (check.is_in_reach()) continue;
    const std::string& name = book.world.regime.rules[check.rule.value].name;
    text += paragraph(name + ": " + first_no(check.argument.route), kTextWidth, 4, 4);
  }
  return text.empty() ? "" : "  not about this way or receiver\n" + text;
}

std::string arithmetic_text(const PolicyCheck& check, const PolicyBook& book) {
  std::string text;
  for (const GovernmentCheck& government : check.governments) {
    if (government.rules.empty()) continue;
    text += "\nRules of " + government.government.text() + " in force on " +
            format_date(check.date) + " that could apply\n";
    for (const RuleCheck& rule : government.rules) {
      if (rule.is_in_reach()) text += rule_text(rule, book);
    }
    text += out_of_reach(government, book);
  }
  return text;
}

// Why a government says what it says: of the rule that decides, else of those that could have.
std::string short_government_text(const GovernmentCheck& government, const PolicyBook& book) {
  std::string text;
  const auto add = [&](const std::string& label, const std::string& line) {
    if (!line.empty()) text += paragraph(label + " " + line, kTextWidth, 2, 4);
  };
  for (const RuleCheck& rule : government.rules) {
    const Rule& read = book.world.regime.rules[rule.rule.value];
    if (rule.decides) {
      add("clause", government.clause);
      text += questions_text(rule.argument.item, 2);
      add("citation", read.citation);
    } else if (!government.ruling.rule && rule.is_in_reach()) {
      add(read.name + ":", first_no(rule.argument.item));
    }
  }
  if (government.ruling.exception) {
    const ExceptionPair exception = book.exception(*government.ruling.exception);
    if (softened_beside(government, exception, book.world).empty()) {
      add("softened by", exception.read.citation);
    }
  }
  return text;
}

}  // namespace

std::string short_check_text(const PolicyCheck& check, const PolicyBook& book) {
  std::string text = headline(check);
  const Ruling& overall = check.overall();
  for (const GovernmentCheck& government : check.governments) {
    const bool says_it = !overall.rule || government.government == overall.government;
    if (says_it) text += short_government_text(government, book);
  }
  // The other side's word holds as well: whom one bans the other may list.
  for (const GovernmentCheck& government : check.governments) {
    const Ruling& ruling = government.ruling;
    if (!overall.rule || government.government == overall.government) continue;
    if (!ruling.rule || ruling.verdict == Verdict::Free) continue;
    const std::string& name = book.world.regime.rules[ruling.rule->value].name;
    text +=
        paragraph("also " + government.government.text() + ": " + in_words(ruling) + ", by " + name,
                  kTextWidth, 2, 4);
    text += short_government_text(government, book);
  }
  return text;
}

std::string check_text(const PolicyCheck& check, const PolicyBook& book) {
  std::string text = headline(check) + subject_text(check, book);
  for (const GovernmentCheck& government : check.governments) {
    text.append("\n").append(government_text(government, book));
  }
  return text + arithmetic_text(check, book);
}

}  // namespace chokepoint
