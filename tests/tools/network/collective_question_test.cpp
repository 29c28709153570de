#include "tools/network/collective_question.hpp"

#include "tests/tools/network/asked.hpp"

namespace chokepoint {
namespace {

TEST_CASE("collective question: sizes in decimal and binary units", "[network]") {
  CHECK(read_bytes("1GiB") == 1_GiB);
  CHECK(read_bytes("64 MB") == Bytes{64e6});
  CHECK(read_bytes("1e9") == 1_GB);
  CHECK(read_bytes("1.5kB") == Bytes{1500});
  CHECK(read_bytes("8B") == Bytes{8});
  for (const char* wrong :
       {"", "GiB", "1gib", "0", "-1", "1e16", "0x10", "inf", "nan", "1 GiB x"}) {
    INFO(wrong);
    CHECK_FALSE(read_bytes(wrong));
  }
}

TEST_CASE("collective question: jobs", "[network]") {
  CollectiveRefusal refusal;
  const auto job = read_job("all-to-all:1GiB:8:3:8", refusal);
  REQUIRE(job);
  CHECK(job->kind == CollectiveKind::AllToAll);
  CHECK(devices_of(*job) == std::vector<std::uint32_t>{3, 11, 19, 27, 35, 43, 51, 59});
  CHECK(read_job("broadcast:8:2", refusal)->stride == 1);
  for (const char* wrong : {"", "all-reduce", "all-reduce:1GiB", "all-reduce:x:8", "sum:1GiB:8",
                            "all-reduce:1GiB:0", "all-reduce:1GiB:8:0:0", "all-reduce:1GiB:8:-1",
                            "all-reduce:1GiB:8:0:1:1", "all-reduce:1GiB:99999999"}) {
    INFO(wrong);
    CHECK_FALSE(read_job(wrong, refusal));
    CHECK_FALSE(refusal.message.empty());
    CHECK_FALSE(refusal.help.empty());
  }
}

TEST_CASE("collective question: every shipped cluster has a network", "[network]") {
  for (const std::string& name : cluster_names(source_dir())) {
    INFO(name);
    Asked asked(name);
    const CollectiveSubject subject = asked.subject();
    CHECK(subject.asked.devices >= 16);
    CHECK(network_complaint(subject.spec).empty());
  }
}

TEST_CASE("collective question: a server's own measurement wins over the network's share",
          "[network]") {
  Asked h100("hgx_h100");
  const CollectiveSubject by_share = h100.subject();
  CHECK_FALSE(by_share.pools[0].scaleup_is_measured);
  CHECK(by_share.pools[0].servers.scaleup.value ==
        Approx(by_share.pools[0].node->links.scaleup->value.value *
               by_share.design.scaleup_attained));
  Asked ascend("atlas_800t_a2");
  const CollectiveSubject measured = ascend.subject();
  CHECK(measured.pools[0].scaleup_is_measured);
  CHECK(measured.pools[0].servers.scaleup == 72_GBps);
}

TEST_CASE("collective question: more servers than the cluster has may be asked for", "[network]") {
  Asked asked("hgx_h100");
  asked.question.servers = 512;
  CHECK(asked.subject().asked.devices == 4096);
}

TEST_CASE("collective question: what the command line says of the network wins", "[network]") {
  Asked asked("hgx_h100");
  asked.question.network = "fat_tree";
  asked.question.oversubscription = 3.0;
  asked.question.leaf_ports = 16;
  const CollectiveSubject subject = asked.subject();
  CHECK(subject.spec.scaleout.shape == ScaleoutShape::FatTree);
  CHECK(subject.spec.scaleout.oversubscription == 3.0);
  CHECK(subject.spec.scaleout.leaf_ports == 16);
}

TEST_CASE("collective question: refusals name what is wrong and what would do", "[network]") {
  CHECK(Asked("hgx_h100", "all-reduse").refusal() ==
        "no collective is called 'all-reduse' | did you mean 'all-reduce'?");
  CHECK(Asked("hgx_h100", "all-reduce", "1XB").refusal().find("'1XB' is no number of bytes") == 0);
  Asked network("hgx_h100");
  network.question.network = "rail_optimized";
  CHECK(network.refusal() ==
        "no network is called 'rail_optimized' | did you mean 'rail_optimised'?");
  Asked many("hgx_h100");
  many.question.devices = 64;
  CHECK(many.refusal() ==
        "64 devices from 0 on, 1 apart, end at 63; the cluster has 16 | take up to 16, or more "
        "servers with --servers");
  Asked odd("hgx_h100");
  odd.question.devices = 12;
  CHECK(odd.refusal() ==
        "one scale-up domain has 8 of the devices, another 4: closed forms need as many of each | "
        "take 8 or 16 devices");
  Asked one("hgx_h100");
  one.question.devices = 1;
  CHECK(one.refusal() == "one device exchanges nothing | name two or more");
}

TEST_CASE("collective question: a cluster that is none is told as ever", "[network]") {
  Asked asked("hgx_h2o");
  CHECK_FALSE(understand(asked.question, source_dir(), asked.cluster, asked.found));
  CHECK(asked.found.errors() == 1);
}

}  // namespace
}  // namespace chokepoint
