#include "tools/fleet/cluster_starter.hpp"

#include <fstream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

TEST_CASE("cluster starter: what it writes is a cluster that can serve", "[fleet]") {
  const called::Folder folder;
  for (const auto& shipped : cluster_names(source_dir())) {
    INFO(shipped);
    const auto file = folder.path() / (shipped + "_mine.textproto");
    std::ofstream(file) << cluster_starter("mine", shipped, file, source_dir());
    const Cluster cluster = shipped_cluster(file.string());
    CHECK(cluster.world.name == "mine");
    CHECK(cluster.world.served.pools.size() == cluster.world.pools.size());
  }
}

}  // namespace
}  // namespace chokepoint
