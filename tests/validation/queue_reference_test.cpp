// Start times beside those of a plain reference in Python, written from what was published alone.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "models/cluster/job_queue.hpp"
#include "sim/jobs/job_log.hpp"
#include "tests/paths.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

// What the reference answers of jobs on so many devices.
std::vector<Milliseconds> reference(const std::vector<RigidJob>& jobs, int devices,
                                    QueuePolicy policy) {
  const fs::path folder = fs::temp_directory_path();
  const std::string name = "chokepoint-queue-" + std::to_string(getpid());
  const fs::path in = folder / (name + ".in"), out = folder / (name + ".out");
  std::ofstream rows(in);
  for (const RigidJob& job : jobs) {
    rows << job.submit << ' ' << job.run << ' ' << job.estimate << ' ' << job.devices << '\n';
  }
  rows.close();
  const std::string program = std::string(source_dir()) + "/tests/validation/queue_reference.py";
  const std::string command = "python3 '" + program + "' " + std::to_string(devices) + " " +
                              std::string(chokepoint::name(policy)) + " < " + in.string() + " > " +
                              out.string();
  REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream answer(out);
  std::vector<Milliseconds> starts;
  for (Milliseconds start = 0; answer >> start;) starts.push_back(start);
  fs::remove(in);
  fs::remove(out);
  REQUIRE(starts.size() == jobs.size());
  return starts;
}

void compare(const std::vector<RigidJob>& jobs, int devices) {
  for (const QueuePolicy policy : {QueuePolicy::Fifo, QueuePolicy::Easy}) {
    INFO(name(policy));
    const auto expected = reference(jobs, devices, policy);
    const PlayedQueue played = play_queue(jobs, {{devices, 1}}, policy);
    std::size_t different = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) different += played.jobs[i].start != expected[i];
    CHECK(different == 0);
  }
}

TEST_CASE("queue: every job of random mixes starts when the reference says", "[validation][jobs]") {
  std::mt19937 random(16);
  const auto below = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  for (int mix = 0; mix < 12; ++mix) {
    const int devices = 4 + below(60);
    std::vector<RigidJob> jobs;
    Milliseconds submit = 0;
    for (int i = 0; i < 400; ++i) {
      submit += below(4) == 0 ? 0 : below(20) * 1000;
      const Milliseconds run = below(10) == 0 ? 0 : below(200) * 1000;
      jobs.push_back({submit, run, run + (below(2) == 0 ? 0 : below(100) * 1000),
                      1 + below(below(3) == 0 ? devices : 4)});
    }
    INFO("mix " << mix);
    compare(jobs, devices);
  }
}

// The recorded log is not part of the project.
TEST_CASE("queue: every job of a recorded log starts when the reference says",
          "[validation][jobs]") {
  const fs::path log =
      fs::path(source_dir()).parent_path() / "shared" / "data" / "traces" / "swf" / "hpc2n.swf";
  if (!fs::exists(log)) return;
  Diagnostics found;
  const auto read = read_job_log(log, {}, found);
  REQUIRE(read);
  constexpr int kProcessors = 240;  // Of Seth, as the log's header has it.
  compare(read->jobs, kProcessors);
}

}  // namespace
}  // namespace chokepoint
