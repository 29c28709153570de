#include "tools/policy/check_text.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy check JSON: it parses, and numbers are not rounded", "[policy]") {
  const PolicyBook book = small_policy();
  const auto check = check_shipment(book, small_subject(book, "west_mid"), {}, day("2025-10-01"));
  const std::string text = check_json(check, book);
  google::protobuf::Struct json;
  REQUIRE(google::protobuf::util::JsonStringToMessage(text, &json).ok());
  const auto& fields = json.fields();
  CHECK(fields.at("schema").string_value() == "chokepoint.policy.check/1");
  CHECK(fields.at("verdict").string_value() == "GRANTED");
  CHECK(fields.at("rule").string_value() == "us_memory");
  CHECK(fields.at("wait_days").number_value() == 30.0);
  CHECK(fields.at("charged_share").number_value() == 0.15);
  CHECK(fields.at("item").struct_value().fields().at("performance_density").number_value() ==
        2399.5 / 750);
  const auto& us = fields.at("governments").list_value().values(0).struct_value().fields();
  CHECK(us.at("exception").struct_value().fields().at("name").string_value() ==
        "us_memory_license");
  CHECK(us.at("rules").list_value().values_size() == 2);
  CHECK(has(text, "\"threshold\": 5.92"));
}

}  // namespace
}  // namespace chokepoint
