#include "sim/scenario/text/shared_name.hpp"

#include <catch2/catch.hpp>
#include <sstream>

namespace chokepoint {
namespace {

TEST_CASE("shared name: the same text is the same name, in the order of texts",
          "[scenario][names]") {
  const SharedName a = "a.textproto", b = std::string("b.textproto");
  CHECK(a == SharedName(std::string("a.text") + "proto"));
  CHECK(&a.str() == &SharedName("a.textproto").str());
  CHECK(a != b);
  CHECK(a < b);
  CHECK(SharedName() == SharedName(""));
  CHECK(SharedName().empty());
  std::ostringstream out;
  out << b;
  CHECK(out.str() == "b.textproto");
}

}  // namespace
}  // namespace chokepoint
