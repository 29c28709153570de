#include "sim/trace/recall.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "sim/trace/describe.hpp"
#include "tests/sim/trace/made_event.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint::recall_test {
namespace {

// Of both pools, sites, orders, rules and so on, so that fields of one kind cannot be confused.
World world_of_twos() {
  World world = small_world();
  world.stacks.resize(2);
  world.stacks[0].name = "cuda";
  world.stacks[1].name = "cann";
  return world;
}

pb::Fact told(const TraceEvent& event, const World& world) {
  pb::Fact fact;
  describe(event, world, fact);
  return fact;
}

std::optional<TraceEvent> recalled(const pb::Fact& fact, const World& world) {
  return recall(fact, 0_s, WorldNames(world));
}

constexpr std::uint32_t kRounds = 2 * kCounters.size();

TEST_CASE("recall: what was described comes back, of every kind and value", "[trace][recall]") {
  const World world = world_of_twos();
  const WorldNames names(world);
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    for (const TraceEvent& event : made_events(world, round)) {
      const pb::Fact fact = told(event, world);
      INFO(fact.ShortDebugString());
      const auto found = recall(fact, time_of(event), names);
      REQUIRE(found.has_value());
      CHECK(*found == event);
    }
  }
}

/// Calls `visit` with every text of the one message in `fact` and its field's name.
template <class Visit>
void for_each_text(pb::Fact& fact, const Visit& visit) {
  const auto* kind =
      fact.GetReflection()->GetOneofFieldDescriptor(fact, fact.GetDescriptor()->oneof_decl(0));
  auto* message = fact.GetReflection()->MutableMessage(&fact, kind);
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const auto* field = message->GetDescriptor()->field(i);
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
      visit(*message, *field);
    }
  }
}

/// Texts that follow from others: a trace has them for who reads it without a world.
bool is_derived(const std::string& field) {
  static const std::set<std::string> derived = {
      "RuleFact.government",  "RulingFact.exporter_clause", "RulingFact.importer_clause",
      "RefusedFact.exporter", "RefusedFact.importer",       "DeliveredFact.location",
      "CounterFact.unit",
  };
  // Nor do names that a world has no list of.
  static const std::set<std::string> free = {"HeldFact.job", "NodeFact.cause", "StorageFact.cause"};
  if (free.count(field.substr(std::string("chokepoint.v1.").size())) > 0) return true;
  return derived.count(field.substr(std::string("chokepoint.v1.").size())) > 0;
}

TEST_CASE("recall: nothing where a fact names what the world lacks", "[trace][recall]") {
  const World world = world_of_twos();
  const WorldNames names(world);
  for (const TraceEvent& event : made_events(world, 0)) {
    pb::Fact fact = told(event, world);
    pb::Fact other = fact;
    for_each_text(other, [&](auto& message, const auto& field) {
      const auto* reflection = message.GetReflection();
      const std::string name = reflection->GetString(message, &field);
      if (name.empty() || is_derived(field.full_name())) return;
      INFO(field.full_name());
      reflection->SetString(&message, &field, "of another world");
      CHECK_FALSE(recall(other, 0_s, names).has_value());
      reflection->SetString(&message, &field, name);
      CHECK(recall(other, 0_s, names).has_value());
    });
  }
}

TEST_CASE("recall: nothing of a kind or value that is not known here", "[trace][recall]") {
  const World world = small_world();
  CHECK_FALSE(recalled(pb::Fact(), world));
  pb::Fact step;
  step.mutable_job()->set_job("big_model");
  CHECK_FALSE(recalled(step, world));
  step.mutable_job()->set_what(static_cast<pb::JobFact::What>(99));
  CHECK_FALSE(recalled(step, world));
  pb::Fact refused;
  auto& fact = *refused.mutable_refused();
  fact.set_order("first");
  fact.set_device("chip_a");
  CHECK_FALSE(recalled(refused, world));  // By nobody.
  fact.set_gate(pb::BOTH);
  CHECK(recalled(refused, world));
  fact.set_gate(static_cast<pb::HoldingGate>(4));
  CHECK_FALSE(recalled(refused, world));
}

TEST_CASE("retell: a trace tells what was written to it, time included", "[trace][recall]") {
  const ScratchFolder folder;
  const World world = small_world();
  const auto events = one_of_every_kind();
  write_trace(folder / "t", events);
  TraceReader reader(folder / "t");
  MemorySink sink;
  retell(reader, WorldNames(world), sink);
  CHECK(sink.events == events);
}

}  // namespace
}  // namespace chokepoint::recall_test
