#include "tools/zoom/zoom_report.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

// A site that served 100e9 tokens, trained 50e9 and took 10 MWh by segments.
struct MadeRun {
  MadeRun() {
    InferenceService service;
    service.name = "chat";
    service.request.tpot_target.value = Seconds{0.05};
    service.shares = {{kForeignPool, 0.5}};
    world.services = {service};
    world.training_jobs = {small_job(1e12, 16)};
    WatchedService watched;
    watched.served = {Tokens{120e9}, Tokens{100e9}};
    seen.services = {watched};
    WatchedJob job;
    job.left = Tokens{900e9};
    job.trained = Tokens{50e9};
    seen.jobs = {job};
    seen.energy = Joules{10 * 3.6e9};
    seen.pools = {{kForeignPool, 4, {1, 1, 1}}};
    seen.powered_at_end = 4;
    PlayedShare share;
    share.group.pool = kForeignPool;
    share.group.replicas = 16;
    share.played.replicas_played = 16;
    share.played.requests = 1000;
    share.played.tpot_p50 = Seconds{0.04};
    share.played.ttft_p50 = Seconds{0.5};
    share.played.served = Tokens{98e9};
    played.shares = {share};
    played.stays = {{JobId{0}, kForeignPool, {{0, 8}, {1, 8}}, {}, 1_days, Tokens{50e9}}};
    played.served = Tokens{98e9};
    played.trained = Tokens{50e9};
    played.energy = Joules{10.2 * 3.6e9};
  }

  ZoomedRun run() const { return {world, world, seen, played, {"site", day("2025-03-01"), 2}}; }

  World world = small_world();
  WatchedSite seen;
  PlayedSite played;
};

// In one line.
std::string said(const ZoomedRun& run) {
  std::string text = zoom_text(run);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

TEST_CASE("zoom report: it opens with how far both ways are apart", "[zoom][report]") {
  MadeRun made;
  CHECK(
      said(made.run())
          .rfind(
              "site for 2 days from 2025-03-01 on, node by node and request by request, beside the "
              "segments of small: tokens served -2.0 %, tokens trained 0 %, energy +2.0 %. Both "
              "ways agree within 5 %. ",
              0) == 0);
  made.played.energy = Joules{12 * 3.6e9};
  CHECK(said(made.run()).find("They do not agree within 5 %.") != std::string::npos);
}

TEST_CASE("zoom report: no line of its tables is wider than 80 columns", "[zoom][report]") {
  const MadeRun made;
  std::istringstream lines(zoom_text(made.run()));
  std::string line;
  bool in_tables = false;
  while (std::getline(lines, line)) {
    in_tables = in_tables || line.rfind("figure", 0) == 0;
    INFO(line);
    CHECK((!in_tables || line.size() <= 80));
  }
  CHECK(in_tables);
}

TEST_CASE("zoom report: tokens that come late are said", "[zoom][report]") {
  MadeRun made;
  CHECK(said(made.run()).find("prompts are read between tokens") == std::string::npos);
  made.played.shares[0].played.tpot_p50 = Seconds{0.09};
  const std::string text = said(made.run());
  CHECK(text.find("have 90 ms between tokens") != std::string::npos);
}

TEST_CASE("zoom report: what was played of it, and what changed meanwhile", "[zoom][report]") {
  MadeRun made;
  CHECK(said(made.run()).find("Played were") == std::string::npos);
  made.played.shares[0].group.replicas = 32;
  made.seen.powered_at_end = 6;
  const std::string text = said(made.run());
  CHECK(text.find("Played were 16") != std::string::npos);
  CHECK(text.find("Nodes with power went from 4 to 6 in these days of the long run; the study "
                  "keeps 4.") != std::string::npos);
}

TEST_CASE("zoom report: it says that nothing fails in it where jobs of the run are stopped",
          "[zoom][report]") {
  MadeRun made;
  CHECK(said(made.run()).find("Failures stop jobs") == std::string::npos);
  made.world.interrupted_jobs.emplace();
  CHECK(said(made.run()).find("Failures stop jobs of the long run, and none here") !=
        std::string::npos);
}

TEST_CASE("zoom report: a figure that only the zoom has differs by no percentage",
          "[zoom][report]") {
  MadeRun made;
  made.seen.jobs.clear();
  const Table table = zoom_table(made.run());
  CHECK(to_csv(table).find("\"tokens trained, 1e9\",0,50,\n") != std::string::npos);
  CHECK(said(made.run()).find("tokens trained none by segments") != std::string::npos);
}

TEST_CASE("zoom report: files and JSON name units and hold every pool", "[zoom][report]") {
  const MadeRun made;
  const std::string csv = to_csv(zoomed_services_table(made.run()));
  CHECK(csv.find("service,pool,replicas,devices_of_one,asked_bn,served_bn") == 0);
  CHECK(csv.find("chat,site/foreign,16,1,0,98") != std::string::npos);
  CHECK(to_csv(zoomed_jobs_table(made.run())).find("job,site/foreign,2,900,50,50") !=
        std::string::npos);
  CHECK(zoom_json(made.run()).text().find("chokepoint.run.zoom/1") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
