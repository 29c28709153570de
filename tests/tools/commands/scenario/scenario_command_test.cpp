#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("scenario: without a verb of its own it is refused", "[scenario]") {
  const called::Folder folder;
  CHECK(called::chokepoint("scenario", folder).exit_code == 2);
  CHECK(called::chokepoint("scenario chek x", folder).err.find("did you mean 'check'?") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
