#include "sim/logs/servegen_clients.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sources/some_requests.hpp"
#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

const char* const kDataset =
    R"({"0": {"input_tokens": "{5: 0.5, 7: 0.5}", "output_tokens": "{2: 1.0}"},
        "1200": {"input_tokens": "{9: 1}", "output_tokens": "{3: 0.25}", "reason_ratio": "{}"}})";
const char* const kTrace = "0,0,0,,0,0\n600,1.5,1.2,Gamma,0.7,2\n1200,2,0.9,Weibull,1.1,3\n";

TEST_CASE("servegen: rates, gaps and lengths of each window", "[logs]") {
  const LogFolder folder;
  folder.file("chunk-0-trace.csv", kTrace);
  folder.file("chunk-0-dataset.json", kDataset);
  folder.file("chunk-10-trace.csv", "0,0,0,,0,0\n");  // Sends nothing: needs no lengths.
  folder.file("chunk-2-trace.csv", "0,0.5,1,,0,0\n600,0.25,1,,0,0\n");
  folder.file("chunk-2-dataset.json", kDataset);
  Diagnostics found;
  const auto clients = read_servegen_clients(folder.path(), found);
  REQUIRE_FALSE(found.has_errors());
  REQUIRE(clients.size() == 2);
  CHECK(clients[1].name == "chunk-2");
  CHECK(clients[0].rate.period == Seconds{1'800});
  CHECK(clients[0].rate.steps[1].gaps.kind == Gaps::Kind::Gamma);
  CHECK(clients[0].rate.steps[2].gaps.shape == 1.1);

  const auto requests = taken(*source_of(clients, 1));
  CHECK(requests.size() == Approx(600 * (1.5 + 2 + 0.5 + 0.25)).epsilon(0.1));
  for (const Request& request : requests) {
    const bool is_late = request.arrival >= 1'200'000'000'000;
    CHECK((is_late ? request.prompt == 9 : request.prompt == 5 || request.prompt == 7));
    CHECK(request.arrival < 1'800'000'000'000);
  }
  const auto read = read_log_file(folder.path());
  REQUIRE(read.summary);
  CHECK(read.summary->is_drawn);
  CHECK(read.summary->counts.requests == requests.size());
  CHECK(read_log_file(folder.path() / "chunk-2-trace.csv").summary->format ==
        RequestLogFormat::ServeGen);
}

TEST_CASE("servegen: all that is wrong is told", "[logs]") {
  const auto complaint = [](const std::string& trace, const std::string& dataset) {
    const LogFolder folder;
    folder.file("chunk-0-trace.csv", trace);
    if (!dataset.empty()) folder.file("chunk-0-dataset.json", dataset);
    ReadLogText read;
    read_servegen_clients(folder.path(), read.found);
    return read.complaint();
  };
  CHECK(complaint(kTrace, "") == "0:0: no such file");
  CHECK(complaint(kTrace, "{") == "0:0: is no JSON object, or is cut off");
  CHECK(complaint(kTrace, R"({"0": {"input_tokens": "{5: -1}", "output_tokens": "{5: 1}"}})") ==
        "0:0: has no window with input_tokens and output_tokens");
  CHECK(complaint("", kDataset) == "0:0: holds no window of a client");
  CHECK(complaint("0,1,1\n", kDataset) == "1:1: this line has 3 cells, not 6");
  CHECK(complaint("0,-1,1,,0,0\n", kDataset) == "1:3: the rate is '-1'");
  CHECK(complaint("0,1,1,,0,0\n0,1,1,,0,0\n", kDataset) == "2:1: time goes back");
  CHECK(complaint("0,1,1,Pareto,1,1\n", kDataset) == "1:7: no pattern 'Pareto'");
  CHECK(complaint("0,1,1,Gamma,0,1\n", kDataset) == "1:13: the shape is '0'");
}

}  // namespace
}  // namespace chokepoint
