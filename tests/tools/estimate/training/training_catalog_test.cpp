#include "tools/estimate/training/training_catalog.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("training catalog: all that ships is there", "[estimate][training]") {
  const TrainingWorld& world = shipped_training();
  CHECK(world.versions.size() > 20);
  CHECK(world.figures.all().size() > 100);
  CHECK(world.errors.size() > 50);
  CHECK(world.stack_names.size() == world.stacks.size());
}

TEST_CASE("training catalog: what is not there is told", "[estimate][training]") {
  const called::Folder folder;
  std::ostringstream complaints;
  CHECK_FALSE(load_training_world(folder.path(), complaints));
  CHECK(complaints.str().find("training_stacks.csv") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
