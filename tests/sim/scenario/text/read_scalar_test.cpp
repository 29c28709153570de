#include "sim/scenario/text/read_scalar.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// The first error in a text, as "column message".
std::string first_error(const std::string& text) {
  const ReadText read = read_scenario_text(text);
  REQUIRE_FALSE(read.found.items().empty());
  const auto& first = read.found.items()[0];
  return std::to_string(first.where.column) + " " + first.message;
}

double sample_days(const std::string& written) {
  const ReadText read = read_scenario_text("sample_days: " + written + "\n");
  INFO(read.report());
  CHECK_FALSE(read.found.has_errors());
  return read.scenario.sample_days();
}

TEST_CASE("read_scalar: numbers are decimal and exact", "[scenario][read_scalar]") {
  CHECK(sample_days("30") == 30.0);
  CHECK(sample_days("0.1") == 0.1);
  CHECK(sample_days("-2.5e3") == -2500.0);
  CHECK(sample_days(".5") == 0.5);
  CHECK(sample_days("0") == 0.0);
  CHECK(sample_days("0.0") == 0.0);
  CHECK(sample_days("18446744073709551616") == 18446744073709551616.0);  // 2^64.
  CHECK(read_scenario_text("seed: 18446744073709551615").scenario.seed() ==
        18446744073709551615ULL);
}

TEST_CASE("read_scalar: what is not a finite decimal number is refused",
          "[scenario][read_scalar]") {
  CHECK(first_error("sample_days: nan") == "14 sample_days is nan, must be a finite number");
  CHECK(first_error("sample_days: -inf") == "14 sample_days is -inf, must be a finite number");
  CHECK(first_error("sample_days: 1e999") ==
        "14 sample_days is 1e999, which no number here can hold");
  CHECK(first_error("sample_days: 0x10") == "14 sample_days is 0x10, which is not decimal");
  CHECK(first_error("seed: 010") == "7 seed is 010, which is not decimal");
}

TEST_CASE("read_scalar: counts are whole, not negative, and fit", "[scenario][read_scalar]") {
  const std::string before = "transformers { layers: ";
  CHECK(first_error(before + "1.5 }") == "24 layers is 1.5, must be a whole number");
  CHECK(first_error(before + "-3 }") == "24 layers is -3, must not be negative");
  CHECK(first_error(before + "4294967296 }") ==
        "24 layers is 4294967296, must be at most 4294967295");
  CHECK(read_scenario_text(before + "4294967295 }").scenario.transformers(0).layers() ==
        4294967295U);
  CHECK(first_error("seed: 18446744073709551616") ==
        "7 seed is 18446744073709551616, must be at most 18446744073709551615");
}

TEST_CASE("read_scalar: enumerators by name or known number", "[scenario][read_scalar]") {
  CHECK(read_scenario_text("devices { kind: NPU }").scenario.devices(0).kind() == pb::NPU);
  CHECK(read_scenario_text("devices { kind: 4 }").scenario.devices(0).kind() == pb::GPU);
  CHECK(first_error("devices { kind: 7 }") == "17 kind takes one of NPU, PPU, DSA, GPU, not '7'");
  CHECK(first_error("devices { kind: \"NPU\" }") ==
        "17 kind takes one of NPU, PPU, DSA, GPU, not '\"NPU\"'");
  const ReadText read = read_scenario_text("rules { verdict: PROHIBITTED }");
  CHECK(read.found.items().at(0).help == "did you mean 'PROHIBITED'?");
}

TEST_CASE("read_scalar: truth in words or digits", "[scenario][read_scalar]") {
  for (const auto* yes : {"true", "t", "True", "1"}) {
    CHECK(read_scenario_text(std::string("rules { buyer_anywhere: ") + yes + " }")
              .scenario.rules(0)
              .buyer_anywhere());
  }
  const auto read = read_scenario_text("rules { buyer_anywhere: false }");
  CHECK(read.scenario.rules(0).has_buyer_anywhere());
  CHECK_FALSE(read.scenario.rules(0).buyer_anywhere());
  CHECK(first_error("rules { buyer_anywhere: yes }") ==
        "25 buyer_anywhere takes true or false, not 'yes'");
}

TEST_CASE("read_scalar: texts join, and their escapes are UTF-8", "[scenario][read_scalar]") {
  CHECK(read_scenario_text("name: \"a\" 'b'\n  \"\\n\"\n").scenario.name() == "ab\n");
  CHECK(first_error("name: \"\\xff\"") == "7 name has an escape that is not UTF-8");
  CHECK(first_error("name: h20") == "7 name takes a text in quotes, not 'h20'");
}

TEST_CASE("read_scalar: a field without value is reported, not the next one",
          "[scenario][read_scalar]") {
  CHECK(first_error("orgs {\n  note:\n  name: \"a\"\n}") == "3 note has no value");
  CHECK(first_error("orgs { note: }") == "8 note has no value");
  CHECK(first_error("seed:") == "1 seed has no value");
  CHECK(first_error("devices {\n  kind:\n  name: \"a\"\n}") == "3 kind has no value");
}

void collect_types(const Descriptor& type, std::set<const Descriptor*>& seen,
                   std::set<FieldDescriptor::CppType>& types) {
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    types.insert(type.field(i)->cpp_type());
    if (type.field(i)->message_type() != nullptr) {
      collect_types(*type.field(i)->message_type(), seen, types);
    }
  }
}

TEST_CASE("read_scalar: the schema has no other types", "[scenario][read_scalar]") {
  std::set<const Descriptor*> seen;
  std::set<FieldDescriptor::CppType> types;
  collect_types(*pb::Scenario::descriptor(), seen, types);
  CHECK(types == std::set<FieldDescriptor::CppType>{
                     FieldDescriptor::CPPTYPE_UINT32, FieldDescriptor::CPPTYPE_UINT64,
                     FieldDescriptor::CPPTYPE_DOUBLE, FieldDescriptor::CPPTYPE_BOOL,
                     FieldDescriptor::CPPTYPE_ENUM, FieldDescriptor::CPPTYPE_STRING,
                     FieldDescriptor::CPPTYPE_MESSAGE});
}

}  // namespace
}  // namespace chokepoint
