#include "sim/sweep/draw_design.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "models/random.hpp"
#include "sim/sweep/drawn_inputs.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kSeed = 7;

pb::Scenario designed(const std::string& inputs) {
  const std::string figure =
      " { value: 3 low: 1 high: 5 source: \"guess\" confidence: ESTIMATED } ";
  pb::Scenario scenario;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(
      "name: \"designed\" seed: 7 choice { sensitivity" + figure + "nest_scale" + figure +
          "policy_risk" + figure + "}" +
          "alternative_worlds { name: \"one\" weight: 1 }"
          "alternative_worlds { name: \"two\" weight: 3 }" +
          inputs,
      &scenario));
  return scenario;
}

std::map<std::string, double> inputs_of(const pb::Scenario& scenario, int draw) {
  return drawn_inputs(scenario, kSeed, draw);
}

const std::string kSensitivity = "choice.sensitivity", kScale = "choice.nest_scale",
                  kRisk = "choice.policy_risk";

TEST_CASE("law: in a row of a design each mixed draw takes one input of the other sample",
          "[draw][design][law]") {
  const pb::Scenario scenario =
      designed("saltelli_inputs: [\"choice.sensitivity\", \"choice.nest_scale\"]");
  constexpr int kRow = static_cast<int>(draws_to_row(2));
  for (int row = 0; row < 20; ++row) {
    const int first = 1 + row * kRow;
    const auto a = inputs_of(scenario, first), b = inputs_of(scenario, first + 1);
    for (const auto& [path, value] : a) {
      INFO(path);
      const auto from = [&](int block) { return inputs_of(scenario, first + block).at(path); };
      const double other = b.at(path);
      CHECK(from(2) == (path == kSensitivity ? other : value));
      CHECK(from(3) == (path == kScale ? other : value));
      CHECK(from(4) == (path == kSensitivity || path == kScale ? value : other));
    }
    CHECK(a.at(kSensitivity) != b.at(kSensitivity));
    CHECK(a.at(kRisk) != b.at(kRisk));
  }
}

// Sixteen points of a Sobol sequence lie one in each sixteenth, wherever they are moved to.
TEST_CASE("law: rows of a design fill the range of an input evenly, up to a move round it",
          "[draw][design][law]") {
  const pb::Scenario scenario = designed("saltelli_inputs: [\"choice.sensitivity\"]");
  std::vector<double> places;
  for (int row = 0; row < 16; ++row) {
    const double z = inputs_of(scenario, 1 + 4 * row).at(kSensitivity);
    CHECK(std::abs(z) <= kNormal95);
    places.push_back((0.5 * std::erfc(-z / std::sqrt(2.0)) - 0.05) / 0.9);
  }
  std::ranges::sort(places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double next = i + 1 < places.size() ? places[i + 1] : places.front() + 1.0;
    CHECK(next - places[i] == Approx(1.0 / 16.0).margin(1e-9));
  }
}

// What lies in a path is one input, each figure of it at random.
TEST_CASE("design: all that lies in a path is drawn together", "[draw][design]") {
  const pb::Scenario scenario = designed("saltelli_inputs: \"choice\"");
  for (int first = 1; first < 80; first += static_cast<int>(draws_to_row(1))) {
    const auto a = inputs_of(scenario, first), b = inputs_of(scenario, first + 1);
    for (const auto& path : {kSensitivity, kScale, kRisk}) {
      CHECK(inputs_of(scenario, first + 2).at(path) == b.at(path));
      CHECK(inputs_of(scenario, first + 3).at(path) == a.at(path));
      CHECK(a.at(path) != b.at(path));
    }
    CHECK(a.at(kSensitivity) != a.at(kScale));
  }
}

TEST_CASE("design: which world is taken is an input like others", "[draw][design]") {
  const pb::Scenario scenario = designed("saltelli_inputs: \"alternative_worlds\"");
  int two = 0;
  for (int row = 0; row < 64; ++row) {
    const int first = 1 + 4 * row;
    const auto world = [&](int draw) {
      return inputs_of(scenario, draw).at("alternative_worlds[two]");
    };
    CHECK(world(first + 2) == world(first + 1));
    CHECK(world(first + 3) == world(first));
    two += static_cast<int>(world(first));
  }
  CHECK(two == 48);
}

TEST_CASE("design: without inputs, and for the scenario itself, draws are as they were",
          "[draw][design]") {
  const pb::Scenario plain = designed("");
  CHECK(designed_draw(plain, kSeed, 5).number == 5);
  CHECK(designed_draw(plain, kSeed, 5).quantiles.empty());
  CHECK(inputs_of(designed("saltelli_inputs: \"choice.sensitivity\""), 0).empty());
}

TEST_CASE("design: inputs that no draw moves, and those that lie in each other, are told with help",
          "[draw][design]") {
  const auto complaints = [](const std::string& inputs) {
    Diagnostics found;
    check_design(composed_from(designed(inputs), "designed"), found);
    std::string all;
    for (const auto& item : found.items()) all += item.message + "; " + item.help + "\n";
    return all;
  };
  CHECK(complaints("saltelli_inputs: [\"choice.sensitivity\", \"alternative_worlds\"]").empty());
  CHECK(complaints("saltelli_inputs: \"choice.sensitivty\"") ==
        "no draw moves 'choice.sensitivty'; did you mean 'choice.sensitivity'?\n");
  CHECK(complaints("saltelli_inputs: [\"choice.nest_scale\", \"choice.nest_scale\"]") ==
        "input 'choice.nest_scale' lies in input 'choice.nest_scale'; name one of them\n");
  CHECK(complaints("saltelli_inputs: [\"choice\", \"choice.nest_scale\"]") ==
        "input 'choice.nest_scale' lies in input 'choice'; name one of them\n");
}

}  // namespace
}  // namespace chokepoint
