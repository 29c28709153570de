// The year 2025 by schedule (h20_2025) and the ecosystem (history) answer the same what-ifs: how
// many H20 reach the mainland in 2025 where Washington does not stop them, and where Beijing does
// not either. Orders of the first are what Nvidia's dollars say was sold and forgone, those of the
// other come from budgets, so that numbers differ; the sign must not, nor, by more than kBand, by
// how many times deliveries rise.

#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <string>

#include "tests/tools/called_program.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

constexpr double kBand = 1.75;

double h20_of_2025(const std::string& scenario, const std::string& sets) {
  const called::Folder folder;
  const auto run = called::chokepoint("-q run " + scenario + sets + " -o run", folder);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  double sum = 0.0;
  for (const auto& row : rows_of(folder.path() / "run/tables/deliveries.csv")) {
    const bool is_mainland =
        scenario != "history" || row.at("order").find("_cn/") != std::string::npos;
    const bool counts = is_mainland && row.at("device").rfind("nv_h20", 0) == 0 &&
                        row.at("month").rfind("2025", 0) == 0;
    if (counts) sum += number_in(row, "delivered_packages").value();
  }
  return sum;
}

TEST_CASE("H20: both studies give the same what-if the same sign, within a stated band",
          "[validation][h20]") {
  const std::string washington = " --set 'rules[us_2025_04_09_bandwidth_letter].enabled=false'";
  const std::string both = washington + " --set 'rules[cn_2025_07_31_guidance].enabled=false'" +
                           " --set 'rules[cn_2025_09_15_stop].enabled=false'";
  double scheduled = h20_of_2025("h20_2025", ""), bought = h20_of_2025("history", "");
  for (const auto& [name, sets] : {std::pair{"without Washington's letter", washington},
                                   std::pair{"and without Beijing's stop", both}}) {
    const double more_scheduled = h20_of_2025("h20_2025", sets);
    const double more_bought = h20_of_2025("history", sets);
    std::cout << "H20 of 2025 " << name << ": by schedule " << scheduled << " to " << more_scheduled
              << ", bought " << bought << " to " << more_bought << "\n";
    CHECK(more_scheduled > scheduled);
    CHECK(more_bought > bought);
    const double apart = (more_scheduled / scheduled) / (more_bought / bought);
    CHECK(std::abs(std::log(apart)) < std::log(kBand));
    scheduled = more_scheduled, bought = more_bought;
  }
}

}  // namespace
}  // namespace chokepoint::validation
