#include "sim/scenario/text/path.hpp"

#include <catch2/catch.hpp>

#include "chokepoint/v1/scenario.pb.h"

namespace chokepoint {
namespace {

const google::protobuf::FieldDescriptor& field(const char* name) {
  return *v1::Scenario::descriptor()->FindFieldByName(name);
}

TEST_CASE("path: a field is found by its name, first and again", "[scenario][path]") {
  const auto& type = *v1::Scenario::descriptor();
  for (int i = 0; i < 2; ++i) {
    CHECK(field_named(type, "orders") == &field("orders"));
    CHECK(field_named(type, "Orders") == nullptr);
    CHECK(field_named(*field("orders").message_type(), "orders") == nullptr);
  }
}

TEST_CASE("path: fields and keys come apart", "[scenario][path]") {
  const auto path = parse_path("orders[h20_national].price_usd.value");
  REQUIRE(path);
  REQUIRE(path->size() == 3);
  CHECK((*path)[0].field == "orders");
  CHECK((*path)[0].key == "h20_national");
  CHECK((*path)[1].field == "price_usd");
  CHECK_FALSE((*path)[1].key);
}

TEST_CASE("path: a key may hold dots", "[scenario][path]") {
  const auto path = parse_path("transformers[Qwen2.5-7B].layers");
  REQUIRE(path);
  REQUIRE(path->size() == 2);
  CHECK((*path)[0].key == "Qwen2.5-7B");
  CHECK(parent_path("transformers[Qwen2.5-7B].layers") == "transformers[Qwen2.5-7B]");
}

TEST_CASE("path: what is malformed is no path", "[scenario][path]") {
  const std::string path = GENERATE(as<std::string>(), "", ".", "a.", ".a", "a..b", "a[", "a]",
                                    "a[]", "[a]", "a[b", "a[b]c", "a[b][c]", "a[b].", "a[b.c");
  CAPTURE(path);
  CHECK_FALSE(parse_path(path));
}

TEST_CASE("path: joining and going up undo each other", "[scenario][path]") {
  CHECK(join_path("", "seed") == "seed");
  CHECK(join_path("sites[a]", "pue") == "sites[a].pue");
  CHECK(parent_path("sites[a].pue") == "sites[a]");
  CHECK(parent_path("seed").empty());
  CHECK(element_path("sites", "a") == "sites[a]");
}

TEST_CASE("path: a message is found where it is written", "[scenario][path]") {
  v1::Scenario scenario;
  auto& stock = *scenario.add_supplies();
  stock.set_name("line");
  stock.mutable_stock_units()->set_value(3.0);
  CHECK(find_message(scenario, "supplies[line].stock_units") == &stock.stock_units());
  CHECK(find_message(scenario, "supplies[line]") == &stock);
  for (const char* wrong : {"supplies", "supplies[other]", "supplies.stock_units", "choice",
                            "choice.sensitivity", "supplies[line].name", "nothing", "a..b"}) {
    INFO(wrong);
    CHECK(find_message(scenario, wrong) == nullptr);
  }
}

TEST_CASE("path: elements are keyed by name, or by index without one", "[scenario][path]") {
  v1::Scenario scenario;
  scenario.add_orgs()->set_name("nvidia");
  scenario.add_orgs();
  scenario.add_orgs()->set_name("huawei");
  scenario.add_import("a.textproto");
  CHECK(keys_of(scenario, field("orgs")) == std::vector<std::string>{"nvidia", "1", "huawei"});
  CHECK(index_of(scenario, field("orgs"), "huawei") == 2);
  CHECK(index_of(scenario, field("orgs"), "1") == 1);
  CHECK_FALSE(index_of(scenario, field("orgs"), "2"));
  CHECK_FALSE(index_of(scenario, field("orgs"), "amd"));
  CHECK(index_of(scenario, field("import"), "0") == 0);
  CHECK_FALSE(index_of(scenario, field("import"), "1"));
  CHECK_FALSE(index_of(scenario, field("import"), "-1"));
  CHECK_FALSE(index_of(scenario, field("import"), "0x"));
}

TEST_CASE("path: lists of messages with a name are keyed, others are not", "[scenario][path]") {
  CHECK(is_keyed(field("rules")));
  CHECK_FALSE(is_keyed(field("set")));        // A path and a value.
  CHECK_FALSE(is_keyed(field("import")));     // Texts.
  CHECK_FALSE(is_keyed(field("reference")));  // One message.
}

TEST_CASE("path: kinds are said in words", "[scenario][path]") {
  CHECK(kind_of(*v1::Device::descriptor()) == "device");
  CHECK(kind_of(*v1::TrainingJob::descriptor()) == "training job");
}

TEST_CASE("path: an unknown field gets the nearest, else a list", "[scenario][path]") {
  CHECK(help_for_unknown_field(*v1::Device::descriptor(), "tdp_W") == "did you mean 'tdp_w'?");
  CHECK(help_for_unknown_field(*v1::Pool::descriptor(), "zzz") ==
        "its fields are name, node, stocks, host_scale");
  CHECK(help_for_unknown_field(*v1::Pool::descriptor(), std::string(100'000, 'n')) ==
        "its fields are name, node, stocks, host_scale");
}

}  // namespace
}  // namespace chokepoint
