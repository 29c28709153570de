#include "tools/network/collective_answer.hpp"

#include "tests/tools/network/asked.hpp"

namespace chokepoint {
namespace {

// Flows that take a second for each job.
std::vector<PlayedJob> a_second_each(const NetworkGraph&, const std::vector<FlowJob>& jobs) {
  return std::vector<PlayedJob>(jobs.size(), {Seconds{double(jobs.size())}, {}});
}

TEST_CASE("collective answer: text and JSON say the time and what binds", "[network]") {
  Asked asked("hgx_h100");
  const CollectiveSubject subject = asked.subject();
  const ClusterNetwork network(subject.spec);
  const CollectiveAnswer answer(subject, network);
  const std::string text = answer.text(), json = answer.json().text();
  INFO(text << json);
  CHECK(text.find("all-reduce of 1,073,741,824 bytes over 16 devices\n") == 0);
  CHECK(text.find("closed form") != std::string::npos);
  CHECK(text.find("flows") == std::string::npos);
  // Twice 7/8 of the message inside, at 351 GB/s, beside an eighth across, at 42.5.
  CHECK(text.find("binds  scale-up link device 0 -> switch of domain 0: 6") != std::string::npos);
  CHECK(json.find("\"schema\": \"chokepoint.estimate.collective/1\"") != std::string::npos);
  CHECK_FALSE(answer.alone());
}

TEST_CASE("collective answer: a card binds what goes across servers alone", "[network]") {
  Asked asked("hgx_h100");
  asked.question.devices = 2;
  asked.question.stride = 8;
  const CollectiveSubject subject = asked.subject();
  const ClusterNetwork network(subject.spec);
  CHECK(CollectiveAnswer(subject, network)
            .text()
            .find("binds  network card device 0 -> leaf 0 of rail 0") != std::string::npos);
}

TEST_CASE("collective answer: a small message waits for hops", "[network]") {
  Asked asked("hgx_h100", "all-reduce", "1kB");
  const CollectiveSubject subject = asked.subject();
  const ClusterNetwork network(subject.spec);
  CHECK(CollectiveAnswer(subject, network).text().find("binds  hops: ") != std::string::npos);
}

TEST_CASE("collective answer: flows stand beside the closed form, alone and in company",
          "[network]") {
  Asked asked("hgx_h100");
  asked.question.beside = {"all-gather:1GiB:16", "broadcast:1MB:2:0:8"};
  const CollectiveSubject subject = asked.subject();
  const ClusterNetwork network(subject.spec);
  CollectiveAnswer answer(subject, network);
  answer.play(a_second_each);
  CHECK(answer.alone() == Seconds{1});
  CHECK(answer.beside() == Seconds{3});
  const std::string text = answer.text();
  INFO(text);
  CHECK(text.find("flows, alone") != std::string::npos);
  CHECK(text.find("flows, in company") != std::string::npos);
  CHECK(
      text.find("beside broadcast of 1,000,000 bytes over 2 devices, 8 apart, again and again\n") !=
      std::string::npos);
}

// One of eight rails is played. 100 servers fill leaves of 32 unevenly: all pairs of them.
TEST_CASE("collective answer: how many flows there would be", "[network]") {
  Asked asked("hgx_h100", "all-to-all");
  asked.question.servers = 64;
  const CollectiveSubject even = asked.subject();
  const ClusterNetwork even_network(even.spec);
  CHECK(CollectiveAnswer(even, even_network).flows() == 2 * 64);
  asked.question.servers = 100;
  const CollectiveSubject uneven = asked.subject();
  const ClusterNetwork uneven_network(uneven.spec);
  CHECK(CollectiveAnswer(uneven, uneven_network).flows() == 100 * 99);
}

TEST_CASE("collective answer: a scale-up link binds inside a supernode", "[network]") {
  Asked asked("cloudmatrix_384");
  const CollectiveSubject subject = asked.subject();
  const ClusterNetwork network(subject.spec);
  const CollectiveAnswer answer(subject, network);
  CHECK(answer.plan().stages.size() == 1);
  CHECK(answer.text().find("binds  scale-up link") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
