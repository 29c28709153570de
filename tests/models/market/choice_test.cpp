#include "models/market/choice.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace chokepoint {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

std::vector<ChoiceOption> any_offers() {
  std::vector<ChoiceOption> offers(*rc::gen::inRange<std::size_t>(1, 8));
  for (ChoiceOption& offer : offers) {
    offer.nest = *rc::gen::inRange(0U, 4U);
    offer.utility = *rc::gen::inRange(-40, 41) / 8.0;
    offer.available = *rc::gen::inRange(0, 4) > 0;
  }
  return offers;
}

double any_scale() {
  return *rc::gen::element(0.1, 0.4, 0.8, 1.0);
}

std::size_t any_of(const std::vector<ChoiceOption>& offers) {
  return *rc::gen::inRange<std::size_t>(0, offers.size());
}

// In nests 0 and 1: e^0 + e^1 and e^2, at scale 1 all of one kind.
TEST_CASE("choice: with a scale of 1 nests do not matter", "[market][choice]") {
  const double sum = 1.0 + std::exp(1.0) + std::exp(2.0);
  const std::vector<ChoiceOption> offers{{0, 0.0, true}, {0, 1.0, true}, {1, 2.0, true}};
  const auto shares = choice_shares(offers, 1.0);
  CHECK(shares[0] == Approx(1.0 / sum));
  CHECK(shares[1] == Approx(std::exp(1.0) / sum));
  CHECK(shares[2] == Approx(std::exp(2.0) / sum));
}

// Red bus, blue bus: a second like one in a tight nest leaves the car its half.
TEST_CASE("choice: a tight nest is chosen nearly as one offer", "[market][choice]") {
  const std::vector<ChoiceOption> offers{{0, 1.0, true}, {7, 1.0, true}, {7, 1.0, true}};
  const double nest = std::pow(2.0, 0.01);
  const auto shares = choice_shares(offers, 0.01);
  CHECK(shares[0] == Approx(1.0 / (1.0 + nest)));
  CHECK(shares[1] == shares[2]);
  CHECK(choice_shares(offers, 1.0)[0] == Approx(1.0 / 3.0));
}

TEST_CASE("choice: nothing available, nothing wanted", "[market][choice]") {
  CHECK(choice_shares({}, 0.5).empty());
  const std::vector<ChoiceOption> gone{{0, 1.0, false}, {1, kNever, true}};
  CHECK(choice_shares(gone, 0.5) == std::vector<double>{0.0, 0.0});
  const std::vector<ChoiceOption> one{{0, 1.0, false}, {1, -900.0, true}, {0, kNever, true}};
  CHECK(choice_shares(one, 0.1) == std::vector<double>{0.0, 1.0, 0.0});
}

TEST_CASE("choice: no utility is too large or too small", "[market][choice]") {
  for (const double level : {-1e6, -800.0, 0.0, 800.0, 1e6}) {
    const std::vector<ChoiceOption> offers{
        {0, level, true}, {0, level + 0.5, true}, {1, level, true}};
    const auto shares = choice_shares(offers, 0.2);
    CHECK(shares[0] + shares[1] + shares[2] == Approx(1.0));
    CHECK(shares[1] / shares[0] == Approx(std::exp(0.5 / 0.2)));
  }
}

TEST_CASE("law: shares are those of what is available and add up to 1", "[market][law]") {
  CHECK(rc::check([] {
    const auto offers = any_offers();
    const auto shares = choice_shares(offers, any_scale());
    bool any = false;
    for (std::size_t i = 0; i < offers.size(); ++i) {
      RC_ASSERT(offers[i].available == (shares[i] > 0.0));
      any = any || offers[i].available;
    }
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    RC_ASSERT(std::abs(sum - (any ? 1.0 : 0.0)) < 1e-12);
  }));
}

TEST_CASE("law: equal offers of one nest get equal shares", "[market][law]") {
  CHECK(rc::check([] {
    auto offers = any_offers();
    offers.push_back(offers[any_of(offers)]);
    const auto shares = choice_shares(offers, any_scale());
    for (std::size_t i = 0; i + 1 < offers.size(); ++i) {
      const ChoiceOption& last = offers.back();
      if (offers[i].nest == last.nest && offers[i].utility == last.utility &&
          offers[i].available == last.available) {
        RC_ASSERT(shares[i] == shares.back());
      }
    }
  }));
}

TEST_CASE("law: a better offer never loses, and no other gains", "[market][law]") {
  CHECK(rc::check([] {
    auto offers = any_offers();
    const double scale = any_scale();
    const auto before = choice_shares(offers, scale);
    const std::size_t better = any_of(offers);
    offers[better].utility += *rc::gen::inRange(0, 30) / 8.0;
    const auto after = choice_shares(offers, scale);
    for (std::size_t i = 0; i < offers.size(); ++i) {
      if (i == better) RC_ASSERT(after[i] >= before[i] - 1e-12);
      if (i != better) RC_ASSERT(after[i] <= before[i] + 1e-12);
    }
  }));
}

TEST_CASE("law: an offer taken away never lowers another's share", "[market][law]") {
  CHECK(rc::check([] {
    auto offers = any_offers();
    const double scale = any_scale();
    const auto before = choice_shares(offers, scale);
    const std::size_t gone = any_of(offers);
    offers[gone].available = false;
    const auto after = choice_shares(offers, scale);
    for (std::size_t i = 0; i < offers.size(); ++i) {
      if (i != gone) RC_ASSERT(after[i] >= before[i] - 1e-12);
    }
  }));
}

TEST_CASE("law: a question does not depend on those asked before", "[market][law]") {
  CHECK(rc::check([] {
    const double scale = any_scale();
    NestedLogit logit(scale);
    logit.shares(any_offers());
    const auto offers = any_offers();
    RC_ASSERT(logit.shares(offers) == choice_shares(offers, scale));
  }));
}

}  // namespace
}  // namespace chokepoint
