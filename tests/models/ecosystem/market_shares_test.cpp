#include "models/ecosystem/market_shares.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <vector>

namespace chokepoint {
namespace {

TEST_CASE("market shares: the index is 1 of a monopoly and 1 / n of n equals", "[ecosystem]") {
  CHECK(herfindahl(std::array{7.0}) == 1.0);
  CHECK(herfindahl(std::array{7.0, 0.0}) == 1.0);
  for (const std::size_t n : {2U, 4U, 10U}) {
    CHECK(herfindahl(std::vector<double>(n, 3.0)) == Approx(1.0 / static_cast<double>(n)));
  }
  CHECK(herfindahl(std::array{0.0, 0.0}) == 0.0);
  CHECK(herfindahl(std::vector<double>{}) == 0.0);
}

TEST_CASE("market shares: a merger never lowers the index, and scale does not matter",
          "[ecosystem]") {
  const double apart = herfindahl(std::array{1.0, 2.0, 3.0});
  CHECK(herfindahl(std::array{3.0, 3.0}) > apart);
  CHECK(herfindahl(std::array{10.0, 20.0, 30.0}) == Approx(apart));
}

TEST_CASE("market shares: what is made at home is domestic, of the rest the status decides",
          "[ecosystem]") {
  const Country home("CN"), abroad("US");
  LedgerRow row;
  row.status = LegalStatus::Licensed;
  CHECK(pathway_of(row, home, home) == Pathway::Domestic);
  CHECK(pathway_of(row, abroad, home) == Pathway::Licensed);
  row.status = LegalStatus::Diverted;
  CHECK(pathway_of(row, abroad, home) == Pathway::Diverted);
  row.status = LegalStatus::Rented;
  CHECK(pathway_of(row, abroad, home) == Pathway::Rented);
  row.status = LegalStatus::Legal;
  CHECK(pathway_of(row, abroad, home) == Pathway::Legal);
}

}  // namespace
}  // namespace chokepoint
