#include "tools/policy/route.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy way: what is not said is from the vendor's home to a buyer in China",
          "[policy]") {
  const PolicyBook book = small_policy();
  const auto shipment = shipment_of(small_subject(book, "west_big"), {}, book.world);
  CHECK(shipment.from == Country("US"));
  CHECK(shipment.exported_from == Country("US"));
  CHECK(shipment.to == Country("CN"));
  CHECK_FALSE(shipment.buyer.org);
  CHECK(shipment.buyer.headquarters == Country("CN"));
  CHECK(route_text(shipment) == "from US to CN");
}

TEST_CASE("policy way: an unnamed buyer sits where goods go, unless it is said", "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  route.to = Country("SG");
  route.from = Country("TW");
  const auto plain = shipment_of(small_subject(book, "west_big"), route, book.world);
  CHECK(plain.buyer.headquarters == Country("SG"));
  CHECK(plain.exported_from == Country("TW"));
  CHECK(plain.from == Country("US"));
  route.buyer_headquarters = Country("CN");
  CHECK(shipment_of(small_subject(book, "west_big"), route, book.world).buyer.headquarters ==
        Country("CN"));
}

TEST_CASE("policy way: a named buyer brings its parent and classes along", "[policy]") {
  const PolicyBook book = small_policy();
  const auto org = [&](const std::string& name) {
    return book.world.party(*id_of<OrgId>(book.world.orgs, name));
  };
  CHECK(party_text(org("cloud"), book.world) == "cloud, headquarters SG, its parent's CN");
  CHECK(party_text(org("lab"), book.world) ==
        "lab (The Laboratory), headquarters CN, of class big_tech");
  CHECK(party_text({}, book.world) == "unnamed, headquarters ??");
}

}  // namespace
}  // namespace chokepoint
