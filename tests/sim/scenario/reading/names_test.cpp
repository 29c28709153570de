#include "sim/scenario/reading/names.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/text/spelling.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("names: a name begins with a letter or digit", "[scenario][names]") {
  CHECK(is_name("hw_ascend_910c"));
  CHECK(is_name("4090"));
  CHECK(is_name("Qwen2.5-72B"));
  CHECK_FALSE(is_name(""));
  CHECK_FALSE(is_name("_x"));
  CHECK_FALSE(is_name("a/b"));
  CHECK_FALSE(is_name("a b"));
  CHECK_FALSE(is_name("华为"));
}

TEST_CASE("names: an unknown name is answered by what was perhaps meant", "[scenario][names]") {
  const std::vector<std::string> known = {"nv_h20", "hw_ascend_910c"};
  CHECK(help_for_unknown("ascend-910c1", {"ascend-910c"}, "device") ==
        "did you mean 'ascend-910c'?");
  CHECK(help_for_unknown("xyz", known, "device") == "known: nv_h20, hw_ascend_910c");
  CHECK(help_for_unknown("", known, "device") == "known: nv_h20, hw_ascend_910c");
  CHECK(help_for_unknown("xyz", {}, "device") ==
        "the scenario has no device at all; is an import missing?");
}

TEST_CASE("names: ids count elements, also those whose name is wrong", "[scenario][names]") {
  const auto composed = composed_from({}, "x");
  Diagnostics found;
  const Cursor root(composed, found);
  NameList names("device");
  names.add(root, "a");
  names.add(root, "a");
  names.add(root, "");
  names.add(root, "b c");
  names.add(root, "d");
  CHECK(names.find("a") == 0U);
  CHECK(names.find("d") == 4U);
  CHECK_FALSE(names.find("b c"));
  REQUIRE(found.items().size() == 3);
  CHECK(found.items()[0].message == "a second device 'a'");
  CHECK(found.items()[1].message == "this device has no name");
  CHECK(found.items()[2].message == "'b c' is no name");
}

TEST_CASE("names: a name of a hundred thousand letters is refused at once", "[scenario][names]") {
  const std::string endless(100'000, 'w');
  const auto error = only_error(
      small_but("device: \"west_gpu\"\n  buyer", "device: \"" + endless + "\"\n  buyer"));
  CHECK(error.size() < 300);
}

}  // namespace
}  // namespace chokepoint
