#include "sim/trace/counter_names.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace chokepoint {
namespace {

TEST_CASE("counter names: no two counters share one", "[trace][counter]") {
  std::set<std::string_view> names;
  for (const Counter counter : kCounters) names.insert(counter_name(counter));
  CHECK(names.size() == kCounters.size());
}

TEST_CASE("counter names: they are words of columns and have a unit", "[trace][counter]") {
  for (const Counter counter : kCounters) {
    const auto name = counter_name(counter);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos);
    CHECK_FALSE(name.empty());
    CHECK_FALSE(counter_unit(counter).empty());
  }
}

TEST_CASE("counter names: each says what it counts, in what, of whom", "[trace][counter]") {
  CHECK(counter_name(Counter::SupplyStock) == "supply_stock");
  CHECK(counter_unit(Counter::SupplyStock) == "packages");
  CHECK(counter_subject(Counter::SupplyStock) == CounterSubject::Supply);
  CHECK(counter_name(Counter::H100eDecodeNominal) == "h100e_decode_nominal");
  CHECK(counter_unit(Counter::H100eDecodeNominal) == "H100e");
  CHECK(counter_subject(Counter::H100eDecodeNominal) == CounterSubject::Pool);
  CHECK(counter_unit(Counter::SitePower) == "W");
  CHECK(counter_unit(Counter::SiteEnergy) == "J");
  CHECK(counter_subject(Counter::SiteEnergy) == CounterSubject::Site);
  CHECK(counter_subject(Counter::TokensUnmet) == CounterSubject::Service);
  CHECK(counter_name(Counter::TrainingFlops) == "training_flops");
  CHECK(counter_unit(Counter::TrainingFlops) == "FLOP");
  CHECK(counter_subject(Counter::TrainingFlops) == CounterSubject::Job);
}

}  // namespace
}  // namespace chokepoint
