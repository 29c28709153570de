#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

TEST_CASE("flow figures: what comes into each thing leaves it", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const auto figures = flow_figures({run, nullptr}, {"nvidia", "huawei"});
  REQUIRE(figures.size() == 1);
  std::map<std::string, double> in, out;
  for (const auto& row : figures[0].data.rows()) {
    out[std::get<std::string>(row[0])] += std::get<double>(row[2]);
    in[std::get<std::string>(row[1])] += std::get<double>(row[2]);
  }
  for (const auto& [name, amount] : in) {
    if (out.contains(name)) CHECK(std::abs(out[name] - amount) < 1e-9);
  }
}

TEST_CASE("flow figures: only what is licensed or diverted needs a licence", "[page][ecosystem]") {
  ShipmentDelivered licensed = made::delivered("2025-09-10", 100.0);
  licensed.stock.status = LegalStatus::Licensed;
  const EcosystemRun run =
      made::ecosystem_run("a", {licensed, made::delivered("2025-02-10", 100.0)});
  const auto figures = flow_figures({run, nullptr}, {"nvidia"});
  for (const auto& row : figures.at(0).data.rows()) {
    const bool is_under = std::get<std::string>(row[0]) == "Under a licence" ||
                          std::get<std::string>(row[1]) == "Under a licence";
    CHECK(std::get<bool>(row[3]) == is_under);
  }
  CHECK(figures[0].title.find("50 %") == 0);
}

TEST_CASE("flow figures: nothing delivered draws nothing", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", {});
  CHECK(flow_figures({run, nullptr}, {}).empty());
}

}  // namespace
}  // namespace chokepoint
