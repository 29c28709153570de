#include "sim/jobs/job_columns.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("job columns: the published logs are known by their headers", "[jobs]") {
  const std::vector<std::vector<std::string>> headers = {
      {"timestamp", "duration", "num_gpus", "gpu_time", "cluster"},
      {"name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec", "qos", "pod_phase",
       "creation_time", "deletion_time", "scheduled_time"},
      {"job_id", "user", "gpu_num", "cpu_num", "node_num", "state", "submit_time", "start_time",
       "end_time", "duration", "queue"},
      {"job_id", "num_gpu", "submit_time", "iterations", "model_name", "batch_size", "duration",
       "interval", "iteration_time"},
      {"job_name", "task_name", "inst_num", "status", "start_time", "end_time", "plan_cpu",
       "plan_mem", "plan_gpu", "gpu_type"},
      sacct_columns()};
  for (const auto& names : headers) {
    INFO(names.front() << " " << names.back());
    CHECK(lacking(chosen_job_columns(names, {})).empty());
  }
  CHECK(chosen_job_columns(headers[3], {}).is_in_milliseconds);
  CHECK(chosen_job_columns(headers[4], {}).is_in_percent);
  CHECK_FALSE(chosen_job_columns(headers[0], {}).is_in_milliseconds);
}

TEST_CASE("job columns: what lacks is told, and a person may say what is what", "[jobs]") {
  const std::vector<std::string> names = {"when", "secs", "cards"};
  CHECK(lacking(chosen_job_columns(names, {})) ==
        "when a job was submitted, how long it ran, or from when until when, how many devices it "
        "needs");
  const auto named = chosen_job_columns(
      names, {{JobRole::Submit, "When"}, {JobRole::Run, "secs"}, {JobRole::Devices, "cards"}});
  CHECK(lacking(named).empty());
  CHECK(named[JobRole::Devices] == 2u);
  CHECK(job_role_named("devices") == JobRole::Devices);
  CHECK_FALSE(job_role_named("gpus"));
}

}  // namespace
}  // namespace chokepoint
