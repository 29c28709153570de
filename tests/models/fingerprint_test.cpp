#include "models/fingerprint.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

// Test vectors of the draft.
TEST_CASE("fingerprint: is FNV-1a with 64 bits", "[fingerprint]") {
  CHECK(fingerprint("") == 0xcbf29ce484222325U);
  CHECK(fingerprint("a") == 0xaf63dc4c8601ec8cU);
  CHECK(fingerprint("foobar") == 0x85944171f73967e8U);
}

TEST_CASE("fingerprint: of parts is that of the whole", "[fingerprint]") {
  CHECK(fingerprint("bar", fingerprint("foo")) == fingerprint("foobar"));
  CHECK(fingerprint("", fingerprint("foo")) == fingerprint("foo"));
}

}  // namespace
}  // namespace chokepoint
