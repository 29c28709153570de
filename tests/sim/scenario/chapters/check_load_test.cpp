#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

// 10 years from 2025 with a job that never ends.
std::string long_run(const std::string& extra_of_job, const std::string& from = "",
                     const std::string& to = "") {
  std::string text = small_but("end: \"2026-01-01\"", "end: \"2035-01-01\"");
  text =
      with_replaced(text, "training_jobs", "tokens_bn { value: 1000 ", "tokens_bn { value: 1e9 ");
  text = with_replaced(text, "training_jobs", "devices: 256", "devices: 256 " + extra_of_job);
  return from.empty() ? text : with_replaced(text, "", from, to);
}

// From 15 January 2025 on 3,638 days are left: 3,492,480 of 0.025 hours.
TEST_CASE("load: a checkpoint every 90 seconds for ten years is refused with their number",
          "[scenario][load]") {
  CHECK(only_error(long_run("checkpoint_hours: 0.025", "  checkpoint_copy: \"south\"\n", "")) ==
        "the run would have about 3492480 checkpoints, more than 1000000 | "
        "raise checkpoint_hours, or run for a shorter time");
  CHECK(read_text(long_run("checkpoint_hours: 0.1", "  checkpoint_copy: \"south\"\n", "")).world);
}

// For 3,638 days a failure a minute, so that nothing is ever done, and a checkpoint an hour.
TEST_CASE("load: what stops a job counts as its checkpoints do", "[scenario][load]") {
  const auto failing = [](const std::string& per_1000_days) {
    std::string text = long_run("checkpoint_hours: 1", "  checkpoint_copy: \"south\"\n", "");
    text += "reliabilities { name: \"r\" " + figure("repair_hours", "48") +
            figure("switch_ports", "64") + "modes { name: \"run\" scope: RUN " +
            figure("per_1000_days", per_1000_days) + "} } recoveries { name: \"automatic\" ";
    for (const std::string field :
         {"detection_minutes", "diagnosis_minutes", "restart_minutes", "init_ms_per_device",
          "planned_minutes", "storage_gb_s_per_node", "snapshot_gb_s"}) {
      text += figure(field, "3");
    }
    return text + figure("idle_power_share", "0.3") + "} interruptions {}";
  };
  CHECK(read_text(failing("1440")).world);
  CHECK(only_error(failing("1.44e6")).starts_with("the run would have about 532"));
}

// The work of the small scenario is done long before its year is over.
TEST_CASE("load: checkpoints end with the work", "[scenario][load]") {
  CHECK(read_text(
            small_but_after("training_jobs", "devices: 256", "devices: 256 checkpoint_hours: 0.01"))
            .world);
}

// 140 GB over 12.5 GB/s take 11.2 s, over 12.5 MB/s 11,200 s: of a copy an hour, 0.679 wait in the
// end, and 87,312 are sent.
TEST_CASE("load: copies that a line cannot carry in time pile up", "[scenario][load]") {
  CHECK(read_text(long_run("checkpoint_hours: 1")).world);
  CHECK(only_error(long_run("checkpoint_hours: 1", "bandwidth_gbit_s { value: 100 ",
                            "bandwidth_gbit_s { value: 0.1 ")) ==
        "the run would have about 59247 checkpoints on their way at the same time, more than 1000 "
        "| copies pile up on a line: raise checkpoint_hours or its bandwidth_gbit_s");
}

// 365 days of 96 windows, and a pool: 70,080. Of 0.01 hours: 1,752,000.
TEST_CASE("load: windows of a service are counted with the pools that it serves from",
          "[scenario][load]") {
  const auto with_window = [](const std::string& end, const std::string& hours) {
    const std::string text = small_but("end: \"2026-01-01\"", "end: \"" + end + "\"");
    return with_replaced(text, "services", "output_tokens: 500",
                         "output_tokens: 500 window_hours: " + hours);
  };
  CHECK(read_text(with_window("2026-01-01", "0.25")).world);
  CHECK(read_text(with_window("2026-01-01", "0.01")).world);
  CHECK(only_error(with_window("2030-01-01", "0.01")) ==
        "the run would have about 8764800 windows of demand, by service and pool, more than "
        "2000000 | raise window_hours, or run for a shorter time");
}

// 2 lines * 3, 3 pools * 10, 2 sites * 2, a service * 3 and a job * 2 are 45 values, 36,500 times a
// year.
TEST_CASE("load: samples are counted with what is sampled", "[scenario][load]") {
  CHECK(read_text(small_but("seed: 7", "seed: 7 sample_days: 0.01")).world);
  std::string text = small_but("seed: 7", "seed: 7 sample_days: 0.01");
  text = with_replaced(text, "", "end: \"2026-01-01\"", "end: \"2055-01-01\"");
  CHECK(only_error(text) ==
        "the run would have about 49306500 sampled values, more than 20000000 | "
        "raise sample_days, or run for a shorter time");
}

TEST_CASE("load: deliveries are counted over all orders", "[scenario][load]") {
  std::string tranches;
  for (int i = 0; i < 170; ++i) {
    tranches += "tranches { name: \"t" + std::to_string(i) +
                "\" first: \"2025-02-01\" months: 600 " + figure("units_per_month", "1") + "} ";
  }
  CHECK(only_error(small_but_after("orders", "pool: \"north/gpus\"",
                                   "pool: \"north/gpus\" " + tranches)) ==
        "the run would have about 102010 deliveries, more than 100000 | "
        "join orders, or tranches of one order");
}

TEST_CASE("load: jobs are counted with the pools that each may run in", "[scenario][load]") {
  std::string jobs;
  const std::string small = small_text();
  const std::size_t begin = small.find("training_jobs {");
  const std::string job = small.substr(begin, small.find("services {") - begin);
  std::string pools;
  for (int i = 0; i < 200; ++i) pools += "pools: \"north/gpus\" ";
  for (int i = 0; i < 600; ++i) {
    jobs +=
        with_replaced(with_replaced(job, "", "\"pretraining\"", "\"j" + std::to_string(i) + "\""),
                      "", "pools: \"north/gpus\"", pools);
  }
  CHECK(only_error(small + jobs) ==
        "the run would have about 120001 places where a job may run, more than 100000 | "
        "name fewer pools in each job");
}

TEST_CASE("load: lists that multiply each other are refused before the world is read",
          "[scenario][load]") {
  std::string offers, buyers, places;
  for (int i = 0; i < 7'000; ++i) {
    const std::string name = std::to_string(i);
    offers += "offers { name: \"o" + name + "\" }\n";
    buyers += "buyers { name: \"b" + name + "\" }\n";
    places += "exchanges { name: \"e" + name + "\" }\n";
  }
  const auto result = read_text(small_text() + offers + buyers + places);
  CHECK_FALSE(result.world);
  CHECK(result.errors ==
        std::vector<std::string>{
            "there are 7003 sites and exchanges, more than 200 | ",
            "there are 49000000 pairs of a buyer and an offer, more than 100000 | "});
}

}  // namespace
}  // namespace chokepoint
