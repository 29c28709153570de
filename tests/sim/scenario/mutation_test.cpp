// Files as people break them: a line lost or doubled, a word misspelled or misplaced, a number
// changed, an end torn off. Whatever is done, a file is read or refused, and never brings down
// what reads it; every complaint names a place.

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <vector>

#include "sim/scenario/compose/explain.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/path.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

using TextParts = std::vector<std::string>;

// Words, numbers, quoted texts, single marks and spaces: joined they are the text again.
TextParts tokens_of(const std::string& text) {
  const auto kind = [](char c) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0) return 0;
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' ? 1 : 2;
  };
  TextParts tokens;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (kind(text[i]) != 2 && end < text.size() && kind(text[end]) == kind(text[i])) ++end;
    tokens.push_back(text.substr(i, end - i));
    i = end;
  }
  return tokens;
}

// Something that a number, a date or a name might be replaced by.
std::string odd_word() {
  return *rc::gen::element<std::string>(
      "nan", "inf", "-1", "1e308", "1e-320", "0", "99999999999999", "\"2025-02-30\"", "\"\"", "CN",
      "\"CN\"", "rules", "{", "}", "verdict", "\xff", "item", "none_of", "0x1p-3", "\"");
}

void mutate(TextParts& tokens) {
  const auto place = [&] { return *rc::gen::inRange<std::size_t>(0, tokens.size()); };
  const auto at = [&](std::size_t i) { return tokens.begin() + static_cast<std::ptrdiff_t>(i); };
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      tokens.erase(at(place()));
      break;
    case 1:
      tokens.insert(at(place()), odd_word());
      break;
    case 2:
      tokens[place()] = odd_word();
      break;
    case 3:
      std::swap(tokens[place()], tokens[place()]);
      break;
    case 4: {
      const std::size_t from = place();
      const std::size_t count = std::min<std::size_t>(tokens.size() - from, 40);
      const TextParts doubled(at(from), at(from + count));
      tokens.insert(at(place()), doubled.begin(), doubled.end());
      break;
    }
    default:
      tokens.resize(std::max<std::size_t>(1, place()));
  }
}

std::string mutated(const TextParts& original) {
  TextParts tokens = original;
  const int times = *rc::gen::inRange(1, 5);
  for (int i = 0; i < times; ++i) mutate(tokens);
  std::string text;
  for (const auto& token : tokens) text += token;
  return text;
}

// The small scenario with one of everything that the grammar of policy has.
std::string text_with_policy() {
  const std::string provenance =
      " citation: \"A test\" source: \"guess\" confidence: ESTIMATED announced: \"2025-05-01\" "
      "effective: \"2025-06-01\" standing: LAW ";
  return small_text() +
         "country_groups { name: \"D5\" title: \"Embargoed\" countries: \"CN\" countries: \"RU\"\n"
         "  source: \"guess\" confidence: ESTIMATED }\n"
         "items { name: \"stack\" vendor: \"west\" category: HBM types: \"hbm3\"\n"
         "  hbm_bandwidth_density { value: 3.1 source: \"guess\" confidence: ESTIMATED } }\n"
         "rules { name: \"second\" title: \"A second rule\" government: \"US\"" +
         provenance +
         "\n  categories: HBM categories: FOUNDRY destinations: \"D5\" buyer_anywhere: true\n"
         "  buyer { headquarters: \"D5\" none_of { classes: \"big_tech\" } }\n"
         "  item { clause: \"a\" any_of { hbm_bandwidth_density_above: 2 } any_of { items: "
         "\"stack\" } }\n"
         "  supersedes: \"us_letter\" verdict: CASE_BY_CASE\n"
         "  review { days { value: 60 source: \"guess\" confidence: ESTIMATED } }\n"
         "  suspensions { from: \"2025-07-01\" until: \"2025-08-01\" } }\n"
         "exceptions { name: \"way_out\" title: \"A way out\" rules: \"second\"" +
         provenance +
         "\n  verdict: NOTIFIED packaged_in_except: \"D5\" packager { classes: \"osat\" } }\n"
         "quotas { name: \"cap\" exception: \"way_out\" measure: UNITS per_consignee: true\n"
         "  amount { value: 75000 source: \"guess\" confidence: ESTIMATED } }\n"
         "policy_events { name: \"vote\" title: \"A vote\" government: \"US\" date: "
         "\"2025-07-01\"\n"
         "  rules: \"second\" citation: \"A test\" source: \"guess\" confidence: ESTIMATED }\n";
}

TEST_CASE("mutation: a broken file is refused with a place, and never brings us down",
          "[scenario][mutation]") {
  const TextParts original = tokens_of(text_with_policy());
  CHECK(rc::check([&] {
    const ScenarioFolder folder("x.textproto", mutated(original));
    Diagnostics found;
    const auto composed = compose("x.textproto", {}, true, found);
    const auto world = composed ? read_world(*composed, found) : std::nullopt;
    RC_ASSERT(world.has_value() != found.has_errors());
    for (const Diagnostic& item : found.items()) {
      RC_ASSERT(!item.message.empty());
      RC_ASSERT(item.where.file == "x.textproto");
      RC_ASSERT(item.where.line >= 0);
    }
    RC_CLASSIFY(world.has_value(), "read");
  }));
}

// Something that a value might be set to: the ends of number types, and what is no value.
std::string odd_value() {
  return *rc::gen::element<std::string>(
      "0", "-1", "1", "1e308", "-1e308", "5e-324", "2147483647", "2147483648", "4294967296",
      "9007199254740993", "9223372036854775808", "1e9", "1e-9", "0.5", "nan", "inf", "", "[]", "{}",
      "{ value: 1e9 source: \"guess\" confidence: MEMORY }", "2000-01-01", "2100-12-31", "CN",
      "west", "north/gpus", "true", "\xff", "\"\\x1b[2J\"");
}

// A market with buyers, fabs, stacks and observations: nearly all chapters read it.
TEST_CASE("mutation: whatever is set to whatever, it is read or refused, and brings nobody down",
          "[scenario][mutation]") {
  const ScenarioFolder folder("x.textproto", economy_text());
  std::vector<std::string> paths;
  for (const ExplainedValue& value : explain(composed_file("x.textproto"))) {
    paths.push_back(join_path(value.group, value.field));
  }
  REQUIRE(paths.size() > 200);
  CHECK(rc::check([&] {
    std::vector<Assignment> sets;
    const int count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) sets.push_back({*rc::gen::elementOf(paths), odd_value()});
    Diagnostics found;
    const auto composed = compose("x.textproto", sets, true, found);
    const auto world = composed ? read_world(*composed, found) : std::nullopt;
    RC_ASSERT(world.has_value() != found.has_errors());
    RC_CLASSIFY(world.has_value(), "read");
  }));
}

// Elements of lists, or all of one list, at the top of the file.
TEST_CASE("mutation: a file that lacks some of its sections is read or refused",
          "[scenario][mutation]") {
  const ScenarioFolder folder("x.textproto", economy_text());
  const Composed whole = composed_file("x.textproto");
  std::vector<const google::protobuf::FieldDescriptor*> sections;
  whole.scenario.GetReflection()->ListFields(whole.scenario, &sections);
  CHECK(rc::check([&] {
    Composed composed = whole;
    const int count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) {
      const auto* section = *rc::gen::elementOf(sections);
      const auto* reflection = composed.scenario.GetReflection();
      const int size =
          section->is_repeated() ? reflection->FieldSize(composed.scenario, section) : 0;
      if (size == 0 || *rc::gen::arbitrary<bool>()) {
        reflection->ClearField(&composed.scenario, section);
      } else {
        reflection->RemoveLast(&composed.scenario, section);
      }
    }
    Diagnostics found;
    const auto world = read_world(composed, found);
    RC_ASSERT(world.has_value() != found.has_errors());
    RC_CLASSIFY(world.has_value(), "read");
  }));
}

TEST_CASE("mutation: unbroken, it is read", "[scenario][mutation]") {
  const ScenarioFolder folder("x.textproto", text_with_policy());
  CHECK(compose_report("x.textproto", {}, true).empty());
  CHECK(read_text(text_with_policy()).world);
}

}  // namespace
}  // namespace chokepoint
