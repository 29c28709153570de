#include "sim/jobs/job_log.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

namespace chokepoint {
namespace {

class LogFile {
public:
  explicit LogFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("chokepoint-jobs-" + std::to_string(getpid()) + ".log")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~LogFile() { std::filesystem::remove(path_); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

JobLog read(const std::string& text, const JobLogOptions& options = {}) {
  const LogFile file(text);
  Diagnostics found;
  auto log = read_job_log(file.path(), options, found);
  for (const auto& one : found.items()) UNSCOPED_INFO(one.message);
  REQUIRE(log);
  return std::move(*log);
}

std::string complaint(const std::string& text) {
  const LogFile file(text);
  Diagnostics found;
  CHECK_FALSE(read_job_log(file.path(), {}, found));
  REQUIRE(found.has_errors());
  const Diagnostic& first = found.items().front();
  return std::to_string(first.where.line) + ":" + std::to_string(first.where.column) + ": " +
         first.message;
}

TEST_CASE("job log: Philly's table, in order of submit", "[jobs]") {
  const JobLog log = read(
      "timestamp,duration,num_gpus,gpu_time,cluster\n"
      "2017-10-09 07:01:55,66.0,1,66.0,11cb48\n"
      "2017-10-09 06:13:03,2951.0,8,2951.0,6214e9\n");
  REQUIRE(log.jobs.size() == 2);
  CHECK(log.jobs[0].devices == 8);
  CHECK(log.jobs[0].run == 2'951'000);
  CHECK(log.jobs[1].submit - log.jobs[0].submit == 2932 * 1000);
  CHECK_FALSE(log.has_estimates);
}

TEST_CASE("job log: owners and priorities, by any of their names", "[jobs]") {
  const JobLog log = read(
      "submit,run,gpus,vc,priority\n"
      "1,5,1,lab,3\n"
      "2,5,1,,-7\n"
      "3,5,1,lab,\n");
  CHECK(log.owners == std::vector<std::string>{"lab", ""});
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].owner == 0);
  CHECK(log.jobs[1].owner == 1);
  CHECK(log.jobs[2].owner == 0);
  CHECK(log.jobs[0].priority == 3);
  CHECK(log.jobs[1].priority == -7);
  CHECK(log.jobs[2].priority == 0);
  CHECK(read("timestamp,duration,num_gpus,cluster\n1,5,1,11cb48\n").owners ==
        std::vector<std::string>{"11cb48"});
  CHECK(complaint("submit,run,gpus,priority\n1,5,1,high\n") ==
        "2:7: priority is no whole number: 'high'");
}

TEST_CASE("job log: elastic jobs, and what of them is wrong", "[jobs]") {
  const std::string header = "submit,run,gpus,min_devices,max_devices,serial_share\n";
  const JobLog log =
      read(header + "1,5,4,2,8,0.25\n2,5,4,,,\n3,5,4,4,4,0.5\n4,5,4,,6,\n5,5,0.5,1,1,\n");
  REQUIRE(log.jobs.size() == 5);
  CHECK(log.elastic == 2);
  CHECK(log.jobs[0].min_devices == 2);
  CHECK(log.jobs[0].max_devices == 8);
  CHECK(log.jobs[0].serial_share == 0.25);
  for (const int rigid : {1, 2, 4})
    CHECK_FALSE(log.jobs[static_cast<std::size_t>(rigid)].is_elastic());
  CHECK(log.jobs[3].min_devices == 4);
  CHECK(log.jobs[3].max_devices == 6);
  CHECK(log.jobs[3].serial_share == 0);
  CHECK(complaint(header + "1,5,4,5,8,0\n") ==
        "2:7: min_devices is no whole number from 1 to the job's devices, 4");
  CHECK(complaint(header + "1,5,4,2,3,0\n") ==
        "2:9: max_devices is no whole number, or below the job's devices, 4");
  CHECK(complaint(header + "1,5,4,2,8,1\n") ==
        "2:11: serial_share is no share from 0 to less than 1");
  CHECK(complaint(header + "1,5,4,two,8,1\n").starts_with("2:7: min_devices is no number"));
  JobLogOptions lenient;
  lenient.skips_bad = true;
  CHECK(read(header + "1,5,4,5,8,0\n1,5,4,4,8,0\n", lenient).bad == 1);
  JobLogOptions named;
  named.named = {{JobRole::MinDevices, "fewest"}, {JobRole::MaxDevices, "most"}};
  CHECK(read("submit,run,gpus,fewest,most\n1,5,4,2,8\n", named).elastic == 1);
}

TEST_CASE("job log: SWF with and without a header, and jobs that never ran", "[jobs]") {
  const std::string lines =
      "1 0 308434 31405 30 31405 -1 30 37980 -1 1 1 1 -1 -1 1 -1 -1\n"
      "2 8 5 -1 8 240379 -1 8 345600 -1 -1 5 1 -1 -1 1 -1 -1\n"
      "3 12 5 10 -1 1 -1 4 -1 -1 1 5 1 -1 -1 1 -1 -1 {a,b} queue\n";
  for (const std::string& text : {lines, "; Version: 2.2\n;\n" + lines}) {
    const JobLog log = read(text);
    CHECK(log.format == JobLogFormat::Swf);
    REQUIRE(log.jobs.size() == 2);
    CHECK(log.jobs[0].estimate == 37'980'000);
    CHECK(log.jobs[1].devices == 4);
    CHECK(log.jobs[1].estimate == 10'000);
    CHECK(log.never_ran == 1);
  }
}

TEST_CASE("job log: sacct with its header and without, steps left out", "[jobs]") {
  const std::string header = "JobID|Submit|Start|End|Elapsed|State|AllocTRES|Timelimit\n";
  const std::string rows =
      "7|2016-12-22T07:15:12|2016-12-22T07:15:13|2016-12-22T07:16:13|00:01:00|COMPLETED|cpu=12,"
      "gres/gpu=2|1-00:00:00\n"
      "7.batch|2016-12-22T07:15:12|2016-12-22T07:15:13|2016-12-22T07:16:13|00:01:00|COMPLETED|"
      "cpu=12,gres/gpu=2|\n"
      "8|2016-12-22T07:15:14|Unknown|Unknown|00:00:00|CANCELLED by 3|cpu=1|UNLIMITED\n";
  const JobLog log = read(header + rows);
  CHECK(log.format == JobLogFormat::Sacct);
  REQUIRE(log.jobs.size() == 1);
  CHECK(log.jobs[0].devices == 2);
  CHECK(log.jobs[0].estimate == 86'400'000);
  CHECK(log.without_devices == 1);
  std::string bare = "7|7";
  for (int i = 2; i < 10; ++i) bare += "|x";
  bare +=
      "|2016-12-22T07:15:12|2016-12-22T07:15:12|2016-12-22T07:15:13|2016-12-22T07:16:13|00:01:00"
      "|0:0|COMPLETED|1|12|12|31000Mn|cpu=12|gres/gpu=4|2-00:00:00|n1|name\n";
  CHECK(read(bare).jobs.at(0).devices == 4);
}

TEST_CASE("job log: parts of a device, percent, instances and times from start to end", "[jobs]") {
  const JobLog log = read(
      "job_name,inst_num,status,start_time,end_time,plan_gpu\n"
      "a,2,Terminated,100,160,100\nb,1,Terminated,100,,50\nc,4,Terminated,90,91,25\n"
      "d,1,Terminated,90,91,0\n");
  REQUIRE(log.jobs.size() == 2);
  CHECK(log.jobs[0].devices == 1);
  CHECK(log.jobs[1].devices == 2);
  CHECK(log.jobs[1].run == 60'000);
  CHECK(log.never_ran == 1);
  CHECK(log.without_devices == 1);
  CHECK(log.shares == 0);  // The one that needs a part never ran.
}

TEST_CASE(
    "job log: who needs less than a device has thousandths of it, unless whole ones are asked",
    "[jobs]") {
  const std::string openb =
      "name,num_gpu,gpu_milli,creation_time,deletion_time,scheduled_time\n"
      "a,1,470,0,60,0\nb,1,1000,0,60,0\nc,2,1000,0,60,0\n";
  const JobLog log = read(openb);
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].part == 470);
  CHECK(log.jobs[0].devices == 1);
  CHECK(log.jobs[1].part == 0);
  CHECK(log.jobs[2].devices == 2);
  CHECK(log.shares == 1);
  CHECK(read("submit,run,gpus\n0,1,0.25\n0,1,1.5\n").jobs[0].part == 250);
  const JobLog rounded = read("submit,run,gpus\n0,1,1.5\n");
  CHECK(rounded.jobs[0].devices == 2);
  CHECK(rounded.rounded == 1);
  JobLogOptions whole;
  whole.whole_devices = true;
  CHECK(read(openb, whole).jobs[0].part == 0);
}

TEST_CASE("job log: units of times are those of columns, of the option, of a clock's size, seconds",
          "[jobs]") {
  using Units = std::vector<std::pair<JobRole, JobTimeUnit>>;
  const JobTimeUnit minutes = job_time_unit_named("min").value();
  const std::string clock = "submit,run_minutes,gpus\n1700000000000,90,1\n1700000060000,5,1\n";
  const JobLog by_size = read(clock);
  CHECK(by_size.units == Units{{JobRole::Submit, kJobMilliseconds}, {JobRole::Run, minutes}});
  CHECK(by_size.jobs[1].submit - by_size.jobs[0].submit == 60'000);
  CHECK(by_size.jobs[0].run == 90 * 60'000);
  JobLogOptions in_millis;
  in_millis.unit = kJobMilliseconds;
  CHECK(read("submit,run,gpus\n0,90,1\n7,5,1\n").units ==
        Units{{JobRole::Submit, kJobSeconds}, {JobRole::Run, kJobSeconds}});
  CHECK(read("submit,run_min,gpus\n0,90,1\n7,5,1\n", in_millis).units ==
        Units{{JobRole::Submit, kJobMilliseconds}, {JobRole::Run, minutes}});
  CHECK(read("submit,run,gpus\n2024-01-01 00:00:00,00:01:30,1\n").units.empty());
}

TEST_CASE("job log: what is wrong is told with its place", "[jobs]") {
  CHECK(complaint("") == "0:0: is empty");
  CHECK(complaint("a,b\n1,2\n").find("1:1: does not say when a job was submitted") == 0);
  CHECK(complaint("submit,run,gpus\n1,2\n") == "2:1: has 2 cells, and there are 3 columns");
  CHECK(complaint("submit,run,gpus\n1,x,1\n") ==
        "2:3: run is no time: 'x'; 1-18:17:03 or 17:03 is one, and a number");
  CHECK(complaint("submit,run,gpus\n5/10/24,1,1\n") ==
        "2:1: submit is no time: '5/10/24'; 2024-05-31 18:17:03 is one, and a number");
  CHECK(complaint("submit,run,gpus\n1,2,-3\n") ==
        "2:5: devices is no number from 0 to 10 million: '-3'");
  CHECK(complaint("submit,run,gpus\n1,2,0\n").find("holds no job that ran on a device") !=
        std::string::npos);
  JobLogOptions options;
  options.skips_bad = true;
  const JobLog kept = read("submit,run,gpus\n1,x,1\n1,5,1\n", options);
  CHECK(kept.bad == 1);
  CHECK(kept.jobs.size() == 1);
}

TEST_CASE("job log: whatever the bytes, it is read or told", "[jobs]") {
  const std::string whole =
      "timestamp,duration,num_gpus\n2017-10-09 07:01:55,66.0,1\n2017-10-09 06:13:03,2951.0,8\n";
  std::mt19937 random(20261130);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = whole;
    for (int hits = 1 + static_cast<int>(random() % 4); hits > 0; --hits) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const LogFile file(bytes);
    Diagnostics found;
    const auto log = read_job_log(file.path(), {}, found);
    REQUIRE(log.has_value() != found.has_errors());
  }
}

}  // namespace
}  // namespace chokepoint
