#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

TEST_CASE("catalog: the shipped catalogue has no broken reference", "[catalog]") {
  const Folder folder;
  const auto checked = called::chokepoint("catalog check", folder);
  INFO(checked.err);
  CHECK(checked.exit_code == 0);
  CHECK(checked.err.empty());
  CHECK(checked.out.find("values, every one with a source") != std::string::npos);
}

TEST_CASE("catalog: a kind is listed and an entry shown", "[catalog]") {
  const Folder folder;
  const auto list = called::chokepoint("catalog list devices", folder);
  CHECK(list.exit_code == 0);
  CHECK(list.out.find("hw_ascend_910c") != std::string::npos);
  const auto show = called::chokepoint("catalog show device hw_ascend_910c", folder);
  CHECK(show.exit_code == 0);
  CHECK(show.out.find("computed TPP: ") != std::string::npos);
  CHECK(called::chokepoint("catalog sources", folder).out ==
        called::chokepoint("catalog list sources", folder).out);
}

TEST_CASE("catalog: what is not there is a usage error", "[catalog]") {
  const Folder folder;
  CHECK(called::chokepoint("catalog list abaci", folder).exit_code == 2);
  const auto show = called::chokepoint("catalog show device hw_ascend_910cc", folder);
  CHECK(show.exit_code == 2);
  CHECK(show.out.empty());
  CHECK(show.err.find("did you mean 'hw_ascend_910c'?") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
