#include "tools/print/json_value.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "chokepoint/v1/report.pb.h"

namespace chokepoint {
namespace {

TEST_CASE("json: names are the schema's and zeros are written", "[report][json]") {
  v1::RefusedMonth month;
  month.set_lost_training_h100e(1.5);
  const std::string text = to_json(month);
  CHECK(text.find("\"lost_training_h100e\": 1.5") != std::string::npos);
  CHECK(text.find("\"run\": 0") != std::string::npos);
  CHECK(text.back() == '\n');
}

TEST_CASE("json: no number prints as NaN", "[report][json]") {
  v1::ComparedIndicator indicator;
  indicator.add_percent(std::numeric_limits<double>::quiet_NaN());
  CHECK(to_json(indicator).find("\"NaN\"") != std::string::npos);
}

TEST_CASE("json: what was written reads back, and other texts do not", "[report][json]") {
  v1::RunRecord record, again;
  record.set_seed(18'446'744'073'709'551'615U);
  record.add_files()->set_name("trace.pftrace");
  REQUIRE(from_json(to_json(record), again));
  CHECK(again.SerializeAsString() == record.SerializeAsString());
  for (const auto* text : {"", "{", "[]", R"({"seed": "many"})"}) {
    CHECK_FALSE(from_json(text, again));
  }
  CHECK(from_json(R"({"of_a_later_version": [1]})", again));
}

}  // namespace
}  // namespace chokepoint
