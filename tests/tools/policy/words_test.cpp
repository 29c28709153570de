#include "tools/policy/words.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace chokepoint {
namespace {

TEST_CASE("policy words: every verdict has words of its own", "[policy]") {
  std::set<std::string> words, shorts, names;
  for (int i = 0; i <= static_cast<int>(Verdict::Prohibited); ++i) {
    words.insert(in_words(static_cast<Verdict>(i)));
    shorts.insert(in_short(static_cast<Verdict>(i)));
    names.insert(schema_name(static_cast<Verdict>(i)));
  }
  CHECK(words.size() == 9);
  CHECK(shorts.size() == 9);
  CHECK(names.size() == 9);
  CHECK(words.count("") + shorts.count("") + names.count("") == 0);
  CHECK(schema_name(Verdict::PresumedDenial) == "PRESUMED_DENIAL");
}

TEST_CASE("policy words: a category is known by any spelling of its name", "[policy]") {
  CHECK(category_of("chip") == Category::Chip);
  CHECK(category_of("design-software") == Category::DesignSoftware);
  CHECK(category_of("DESIGN_SOFTWARE") == Category::DesignSoftware);
  CHECK(category_of("material") == Category::Material);
  CHECK_FALSE(category_of("cheese"));
  CHECK(in_words(Category::RemoteAccess) == "remote access");
}

TEST_CASE("policy words: a set of countries goes by the name of its group", "[policy]") {
  World world;
  const CountrySet both = {Country("MO"), Country("CN")};
  CHECK(countries_text(both, world) == "CN, MO");
  world.country_groups.push_back({"WARY", both});
  CHECK(countries_text(both, world) == "WARY");
  CHECK(countries_text({Country("CN")}, world) == "CN");
}

TEST_CASE("policy words: long lists say how many names they leave out", "[policy]") {
  CHECK(name_list({"a", "b", "c"}, 3) == "a, b, c");
  CHECK(name_list({"a", "b", "c", "d"}, 3) == "a, b and 2 more");
}

TEST_CASE("policy words: a headline says how little is admitted", "[policy]") {
  Ruling ruling;
  CHECK(in_words(ruling) == "free");
  ruling.verdict = Verdict::Granted;
  ruling.admitted_share = 0.125;
  CHECK(in_words(ruling) == "license granted, 12.5 % admitted");
  ruling.verdict = Verdict::Informed;
  ruling.admitted_share = 0.0;
  CHECK(in_words(ruling) == "license needed, by letter to the vendor, none given");
}

TEST_CASE("policy words: shares, standings and confidences", "[policy]") {
  CHECK(share_text(0.15) == "15 %");
  CHECK(share_text(1.0 / 3.0) == "33.3333333333 %");
  CHECK(in_words(Standing::Proposal) == "proposal");
  CHECK(in_words(Confidence::Estimated) == "estimated");
}

}  // namespace
}  // namespace chokepoint
