#include "sim/graph/chakra_file.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/sim/graph/small_chakra.hpp"

namespace chokepoint {
namespace {

std::optional<ChakraRank> read(const std::string& bytes, const ChakraUnits& units = {}) {
  Diagnostics found;
  auto rank = read_chakra(bytes, "step.0.et", 0, units, found);
  CHECK(rank.has_value() != found.has_errors());
  return rank;
}

std::string complaint(const std::string& bytes) {
  Diagnostics found;
  CHECK_FALSE(read_chakra(bytes, "step.0.et", 0, {}, found));
  REQUIRE(found.has_errors());
  const Diagnostic& first = found.items().front();
  return std::to_string(first.where.line) + ": " + first.message;
}

TEST_CASE("chakra: nodes are operators that wait for those they name", "[graph]") {
  const auto rank = read(chakra_bytes(
      "1.0", {compute_node(4, 600, 80), collective_node(9, chakra::ALL_GATHER, 50, {4}, "tp"),
              compute_node(11, 0, 0, {4, 9, 9})}));
  const auto& operators = rank->graph.operators;
  REQUIRE(operators.size() == 3);
  CHECK(operators[0].kind == OperatorKind::Compute);
  CHECK(operators[0].operations == Flops{600});
  CHECK(operators[0].bytes == Bytes{80});
  CHECK(operators[1].kind == OperatorKind::Collective);
  CHECK(operators[1].collective == ExchangeKind::AllGather);
  CHECK(operators[1].bytes == Bytes{50});
  CHECK(operators[1].group == "tp");
  CHECK(operators[2].after == std::vector<std::uint32_t>{0, 1});
  CHECK(rank->without_time == 1);
}

TEST_CASE("chakra: a parent that is not in the file is not waited for, and counted", "[graph]") {
  const auto rank = read(chakra_bytes("1.0", {collective_node(9, chakra::BARRIER, 0, {3})}));
  CHECK(rank->graph.operators.front().after.empty());
  CHECK(rank->unknown_parents == 1);
}

TEST_CASE("chakra: a writer that counts multiply-adds and values is known, and may be overruled",
          "[graph]") {
  auto node = compute_node(0, 600, 80);
  auto* inputs = node.add_attr();
  inputs->set_name("inputs");
  for (const char* word : {"x", "10.0", "w", "20"}) inputs->mutable_string_list()->add_values(word);
  const std::string bytes = chakra_bytes("symbolic_tensor_network", {node});
  const auto known = read(bytes)->graph.operators.front();
  CHECK(known.operations == Flops{1200});
  CHECK(known.bytes == Bytes{220});
  const auto told = read(bytes, {false, 4.0})->graph.operators.front();
  CHECK(told.operations == Flops{600});
  CHECK(told.bytes == Bytes{440});
}

TEST_CASE("chakra: the call on the host is not the exchange", "[graph]") {
  auto call = collective_node(1, chakra::BROADCAST, 0);
  call.clear_attr();
  add_attribute(call, "is_cpu_op", 1);
  add_attribute(call, "tid", 3);
  call.set_duration_micros(85);
  const auto host = read(chakra_bytes("1.0", {call}))->graph.operators.front();
  CHECK(host.kind == OperatorKind::Host);
  CHECK(host.thread == 3);
  CHECK(host.recorded->value == Approx(85e-6));
}

TEST_CASE("chakra: messages have peers and tags", "[graph]") {
  chakra::Node sends;
  sends.set_type(chakra::COMM_SEND_NODE);
  add_attribute(sends, "comm_dst", 3);
  add_attribute(sends, "comm_tag", 7);
  add_attribute(sends, "comm_size", 128);
  const auto sent = read(chakra_bytes("1.0", {sends}))->graph.operators.front();
  CHECK(sent.kind == OperatorKind::Send);
  CHECK(sent.peer == 3);
  CHECK(sent.tag == 7);
  CHECK(sent.bytes == Bytes{128});
}

TEST_CASE("chakra: what is wrong is told with its place", "[graph]") {
  CHECK(complaint("").find("0: the trace has no node") == 0);
  CHECK(complaint("{\"schema\": 1}\n").find("1: message 1, at byte 0, is cut off") == 0);
  CHECK(complaint(chakra_bytes("1.0", {})).find("the trace has no node") != std::string::npos);
  const std::string whole = chakra_bytes("1.0", {compute_node(0, 1, 1), compute_node(1, 1, 1)});
  CHECK(complaint(whole.substr(0, whole.size() - 1)).find("3: message 3, at byte") == 0);
  CHECK(complaint(chakra_bytes("1.0", {compute_node(5, 1, 1), compute_node(5, 1, 1)})) ==
        "3: node 5 is there twice");
  CHECK(complaint(chakra_bytes("1.0", {compute_node(5, 1, 1, {8})})) ==
        "2: node 5 waits for node 8, which is not there");
  CHECK(complaint(chakra_bytes("1.0", {compute_node(1, 1, 1, {2}), compute_node(2, 1, 1, {1})})) ==
        "2: nodes wait for each other: 1 and 2");
  CHECK(complaint(chakra_bytes("1.0", {compute_node(5, -1, 1)})) ==
        "2: num_ops of node 5 is not a number from 0 on");
}

TEST_CASE("chakra: whatever the bytes, it is read or told", "[graph]") {
  const std::string whole = chakra_bytes(
      "1.0", {compute_node(0, 1, 1), collective_node(1, chakra::ALL_REDUCE, 8, {0}, "x")});
  std::mt19937 random(20261130);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = whole;
    for (int hits = 1 + static_cast<int>(random() % 4); hits > 0; --hits) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    Diagnostics found;
    const auto rank = read_chakra(bytes, "x.0.et", 0, {}, found);
    REQUIRE(rank.has_value() != found.has_errors());
  }
}

TEST_CASE("chakra: a name ends in its rank", "[graph]") {
  CHECK(rank_in_name("gpt.3.et") == 3);
  CHECK(rank_in_name("a/rank12.et") == 12);
  CHECK_FALSE(rank_in_name("trace.et"));
  CHECK_FALSE(rank_in_name("trace.3.json"));
  CHECK_FALSE(rank_in_name("99999999999.et"));
}

}  // namespace
}  // namespace chokepoint
