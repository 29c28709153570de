#include "tools/fleet/replayed_log.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "models/serving/sources/listed.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

/// A log of 11 requests, a second apart, as CSV.
class SmallLog {
public:
  explicit SmallLog(bool has_times = true) {
    std::ofstream out(path());
    out << (has_times ? "arrival_s,prompt_tokens,output_tokens\n"
                      : "prompt_tokens,output_tokens\n");
    for (int i = 0; i < 11; ++i) {
      if (has_times) out << i << ",";
      out << 100 + i << "," << 10 << "\n";
    }
  }
  std::filesystem::path path() const { return folder_.path() / "log.csv"; }

private:
  called::Folder folder_;
};

std::vector<Request> replayed(LogQuestion question) {
  Diagnostics found;
  LogRefusal refusal;
  const auto log = check_replay(std::move(question), found, refusal);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(log);
  const auto source = open_replay(*log);
  std::vector<Request> requests;
  while (const auto request = source->next()) {
    requests.push_back(*request);
    if (log->question.concurrency) source->ended({request->id, request->arrival + 5, {}, {}});
  }
  CHECK(requests.size() == log->requests);
  return requests;
}

std::string refused(LogQuestion question) {
  Diagnostics found;
  LogRefusal refusal;
  CHECK_FALSE(check_replay(std::move(question), found, refusal));
  return found.has_errors() ? found.items().front().message : refusal.message;
}

TEST_CASE("replayed log: speed, rate, loops and cuts change times and nothing else", "[fleet]") {
  const SmallLog log;
  LogQuestion question;
  question.file = log.path();
  CHECK(replayed(question).back().arrival == 10'000'000'000);

  question.speed = 2;
  CHECK(replayed(question).back().arrival == 5'000'000'000);
  question.speed = 1;
  question.rate = 10;  // Gaps of a second become those of a tenth.
  CHECK(replayed(question).back().arrival == 1'000'000'000);
  question.rate.reset();

  question.passes = 3;
  const auto looped = replayed(question);
  CHECK(looped.size() == 33);
  CHECK(looped[11].arrival == 11'000'000'000);
  CHECK(looped.back().arrival == 32'000'000'000);
  question.requests = 12;
  CHECK(replayed(question).size() == 12);
  question.passes = 1;
  question.requests.reset();

  question.from = Seconds{1.5};  // The first that arrives then is the first of the replay.
  question.until = Seconds{5};
  const auto cut = replayed(question);
  CHECK(cut.size() == 3);
  CHECK(cut.front().arrival == 0);
  CHECK(cut.front().prompt == 102);
}

TEST_CASE("replayed log: means are those of the part that is replayed", "[fleet]") {
  const SmallLog log;
  LogQuestion question;
  question.file = log.path();
  question.until = Seconds{2};
  Diagnostics found;
  LogRefusal refusal;
  const auto part = check_replay(question, found, refusal);
  REQUIRE(part);
  CHECK(part->prompt == Approx(100.5));
  CHECK(part->span == 1'000'000'000);
}

TEST_CASE("replayed log: means are of the requests that a context holds", "[fleet]") {
  const SmallLog log;  // Prompts of 100 to 110 tokens, answers of 10.
  LogQuestion question;
  question.file = log.path();
  Diagnostics found;
  LogRefusal refusal;
  const auto whole = check_replay(question, found, refusal);
  REQUIRE(whole);
  for (const std::int64_t context : {0, 120, 1'000}) {
    CHECK(mean_lengths(*whole, context)->prompt == Approx(105));
  }
  CHECK(mean_lengths(*whole, 114)->prompt == Approx(102));
  CHECK(mean_lengths(*whole, 114)->output == Approx(10));
  CHECK_FALSE(mean_lengths(*whole, 109));
}

TEST_CASE("replayed log: the first requests alone have lengths and a rate of their own",
          "[fleet]") {
  const called::Folder folder;
  LogQuestion question;
  question.file = folder.path() / "log.csv";
  std::ofstream(question.file) << "arrival_s,prompt_tokens,output_tokens\n"
                                  "0,100,10\n1,100,10\n2,100,10\n1000,9000,10\n";
  question.requests = 3;
  question.rate = 4;
  CHECK(replayed(question).back().arrival == 500'000'000);
  Diagnostics found;
  LogRefusal refusal;
  const auto part = check_replay(question, found, refusal);
  REQUIRE(part);
  CHECK(part->prompt == Approx(100));
  CHECK(part->requests == 3);
}

TEST_CASE("replayed log: what dates or counts cannot hold is refused", "[fleet]") {
  const SmallLog log;
  LogQuestion question;
  question.file = log.path();
  question.speed = 1e-9;
  CHECK(refused(question).find("over 316.9 years, and dates end after 285.2") != std::string::npos);
  question.speed = 1;
  question.passes = 1'000'000'000;
  CHECK(refused(question).find("over 348.6 years") != std::string::npos);
  question.requests = 100;
  CHECK(replayed(question).size() == 100);
  question.requests.reset();
  question.passes = 1'000'000'000'000;
  CHECK(refused(question).find("1.1e+13 requests") != std::string::npos);
}

TEST_CASE("replayed log: passes that --requests would cut off are refused", "[fleet]") {
  const SmallLog log;
  LogQuestion question;
  question.file = log.path();
  question.passes = 3;
  for (const std::uint64_t requests : {1, 10, 11}) {
    question.requests = requests;
    CHECK(refused(question).find("ends in the first pass") != std::string::npos);
  }
  for (const std::uint64_t requests : {12, 33, 40}) {
    question.requests = requests;
    CHECK(replayed(question).size() == std::min<std::uint64_t>(requests, 33));
  }
}

TEST_CASE("replayed log: lengths without times need a rate or a concurrency", "[fleet]") {
  const SmallLog log(false);
  LogQuestion question;
  question.file = log.path();
  CHECK(refused(question).find("arriv") != std::string::npos);
  question.rate = 2;
  const auto drawn = replayed(question);
  CHECK(drawn.size() == 11);
  CHECK(drawn.back().arrival > drawn.front().arrival);
  question.options.seed = 2;
  CHECK(replayed(question).back().arrival != drawn.back().arrival);
  question.rate.reset();
  question.concurrency = 3;
  CHECK(replayed(question).size() == 11);
  question.from = Seconds{1};
  CHECK(refused(question).find("--from and --until cut nothing") != std::string::npos);
}

TEST_CASE("replayed log: a part in which nothing arrives is refused", "[fleet]") {
  const SmallLog log;
  LogQuestion question;
  question.file = log.path();
  question.from = Seconds{20};
  CHECK(refused(question) == "no request arrives between --from and --until");
  question.until = Seconds{20};
  CHECK(refused(question) == "--from is not before --until");
}

TEST_CASE("replayed log: classes are drawn by their shares", "[fleet]") {
  std::vector<Request> requests(3000);
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].id = i;
  Classed classed(std::make_unique<Listed>(requests),
                  {{SloClass{"few", {}, {}, 0}, 1}, {SloClass{"many", {}, {}, 0}, 3}}, 7);
  std::map<int, int> counted;
  while (const auto request = classed.next()) ++counted[request->slo_class];
  CHECK(counted.size() == 2);
  CHECK(counted[1] == Approx(2250).epsilon(0.05));
}

}  // namespace
}  // namespace chokepoint
