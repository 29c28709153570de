#include "sim/scenario/text/spelling.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("nearest: at most a third of the name may be wrong", "[scenario][nearest]") {
  CHECK(nearest("ascend-910c1", {"ascend-910b", "ascend-910c"}) == "ascend-910c");
  CHECK(nearest("peak_bf16_tflop", {"tdp_w", "peak_bf16_tflops"}) == "peak_bf16_tflops");
  SECTION("both sides of the third") {
    CHECK(nearest("abcdef", {"abcdXY"}) == "abcdXY");
    CHECK(nearest("abcde", {"abcXY"}).empty());
  }
  SECTION("both sides of four") {
    CHECK(nearest("abcdefghijklmnopqrst", {"abcdefghijklmnopWXYZ"}) == "abcdefghijklmnopWXYZ");
    CHECK(nearest("abcdefghijklmnopqrst", {"abcdefghijklmnoVWXYZ"}).empty());
  }
  SECTION("neighbors that changed places are one mistake") {
    CHECK(nearest("sede", {"seed"}) == "seed");
  }
  SECTION("ties go to the first") {
    CHECK(nearest("rules", {"rulez", "ruler"}) == "rulez");
  }
  SECTION("else the first with all its words, whatever their case") {
    CHECK(nearest("H20", {"nv_h100_sxm", "nv_h20_96", "nv_h20_141"}) == "nv_h20_96");
    CHECK(nearest("NV_H20_141", {"nv_h20_96", "nv_h20_141"}) == "nv_h20_141");
    CHECK(nearest("ascend 910c", {"hw_ascend_910b", "hw_ascend_910c"}) == "hw_ascend_910c");
    CHECK(nearest("910", {"hw_ascend_910c"}).empty());
    CHECK(nearest("a", {"unit_a"}).empty());
  }
  SECTION("nothing is near nothing") {
    CHECK(nearest("", {"a"}).empty());
    CHECK(nearest("anything", {}).empty());
  }
}

}  // namespace
}  // namespace chokepoint
