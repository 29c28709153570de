#include "tools/fleet/request_table.hpp"

#include <sstream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

TEST_CASE("request table: a line for each request, which says what the replay counts", "[fleet]") {
  const called::Folder folder;
  const auto file = folder.path() / "requests.csv";
  const Cluster cluster = shipped_cluster("mixed_h20_910c");
  PlannedFleet fleet = planned(cluster, small_question());
  Listed source = even_requests(40);
  RequestTable table(file, fleet);
  const ReplayAccount account = replay(fleet, source, {&table});
  table.close();
  const std::string text = called::bytes_of(file);
  CHECK(text.size() == table.bytes());
  CHECK(fingerprint(text) == table.fingerprint());
  std::istringstream lines(text);
  std::string line;
  REQUIRE(std::getline(lines, line));
  const auto header = cells_of(line);
  double ttft = 0;
  int rows = 0;
  while (std::getline(lines, line)) {
    const auto cells = cells_of(line);
    REQUIRE(cells.size() == header.size());
    CHECK(cells[5] == "delivered");
    ttft += std::stod(cells[9]);
    ++rows;
  }
  CHECK(rows == 40);
  CHECK(ttft / rows == Approx(account.total.ttft.mean().value).margin(1e-6));
  CHECK(replica_table(fleet, account).rows().size() == 16);
}

TEST_CASE("request table: what was not closed leaves no file", "[fleet]") {
  const called::Folder folder;
  const auto file = folder.path() / "requests.csv";
  const Cluster cluster = shipped_cluster("hgx_h20");
  const PlannedFleet fleet = planned(cluster, small_question());
  { const RequestTable table(file, fleet); }
  CHECK_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace chokepoint
