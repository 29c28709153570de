#include "tools/catalog/entry_text.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_catalog.hpp"

namespace chokepoint {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string without_gaps(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' || result.empty() || result.back() != ' ') result += c;
  }
  return result;
}

TEST_CASE("catalog entry: a figure shows unit, range, confidence and source", "[catalog]") {
  const std::string text = without_gaps(entry_text(small_catalog(), "devices", "west_gpu"));
  // Where they come from stands in a second block, of rows of the same names.
  CHECK(has(text, "memory_bandwidth_gb_s 4,000 GB/s 3,900 .. 4,100 official\n"));
  CHECK(has(text, "memory_bandwidth_gb_s sheet\n"));
  CHECK(has(text, "price_usd 12,000 USD 10,000 .. 14,000 estimated\n"));
  CHECK(has(text, "price_usd guess\n"));
}

TEST_CASE("catalog entry: alternatives and notes are told", "[catalog]") {
  const std::string text = entry_text(
      small_catalog("l2_mib { value: 50 source: \"sheet\" confidence: OFFICIAL note: \"all of it\" "
                    "alternatives { value: 60 source: \"guess\" confidence: MEMORY note: \"of "
                    "another die\" } }"),
      "devices", "west_gpu");
  CHECK(has(text, "  or "));
  CHECK(has(text, "l2_mib: all of it"));
  CHECK(has(text, "l2_mib or 60: of another die"));
}

// 16,000 over 800 mm2 is 20.
TEST_CASE("catalog entry: a device has its scores computed beside the published", "[catalog]") {
  const std::string none = entry_text(small_catalog(), "devices", "west_gpu");
  CHECK(has(none, "computed TPP: 16,000, none published"));
  CHECK(has(none, "computed performance density: 20 TPP/mm2, none published"));
  const std::string one = entry_text(small_catalog("published_tpp { value: 12800 source: \"sheet\" "
                                                   "confidence: OFFICIAL }"),
                                     "devices", "west_gpu");
  CHECK(has(one, "computed TPP: 16,000, published 12,800 (+25"));
  CHECK(has(entry_text(small_catalog(), "devices", "east_npu"),
            "computed performance density: not known, none published"));
}

TEST_CASE("catalog entry: JSON holds the entry as the schema names it", "[catalog]") {
  const std::string json = entry_json(small_catalog(), "transformers", "model_10b");
  CHECK(has(json, "\"schema\": \"chokepoint.catalog.entry/1\""));
  CHECK(has(json, "\"kv_heads\": 8"));
}

}  // namespace
}  // namespace chokepoint
