#include "tools/policy/reasons.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

Item chip() {
  Item item;
  item.attributes.set(Attribute::Tpp, 2368);
  item.attributes.set(Attribute::MemoryBandwidth, 4000e9);
  item.vendor_headquarters = Country("US");
  return item;
}

std::string asked(const Predicate& predicate, const Item& item) {
  return questions_text(item_reasons(predicate, item, World()), 0);
}

TEST_CASE("item argument: flags are asked for as the rule wants them", "[policy]") {
  Predicate predicate;
  predicate.bounds = {{Attribute::DesignedForDatacenter, Comparison::Is, 0.0},
                      {Attribute::HasHbm, Comparison::Is, 1.0}};
  CHECK(asked(predicate, chip()) ==
        "not designed or marketed for data centers? no\n"
        "with high-bandwidth memory in the package? not known, so it does not hold\n");
}

TEST_CASE("item argument: bounds have the number put in, and their unit", "[policy]") {
  Predicate predicate;
  predicate.bounds = {{Attribute::Tpp, Comparison::AtLeast, 2400},
                      {Attribute::MemoryBandwidth, Comparison::Below, 6500e9},
                      {Attribute::IoBandwidth, Comparison::AtLeast, 600e9}};
  CHECK(asked(predicate, chip()) ==
        "TPP 2368 >= 2400? no\n"
        "memory bandwidth 4000 < 6500 GB/s? yes\n"
        "I/O bandwidth >= 600 GB/s? not known, so the bound does not hold\n");
}

TEST_CASE("item argument: a clause of the whole test stands in front of it", "[policy]") {
  Predicate predicate;
  predicate.clause = "3A090.c";
  predicate.bounds = {{Attribute::Tpp, Comparison::AtLeast, 1600}};
  CHECK(asked(predicate, chip()) == "[3A090.c] TPP 2368 >= 1600? yes\n");
}

TEST_CASE("item argument: an empty test has nothing to ask", "[policy]") {
  CHECK(item_reasons({}, chip(), World()).empty());
}

TEST_CASE("item argument: lists are named, and holds follows the law", "[policy]") {
  const PolicyBook book = small_policy();
  const Item item = small_subject(book, "west_big").item;
  Predicate predicate;
  predicate.items = {ItemId{0}, ItemId{1}};
  predicate.vendors = {OrgId{1}};
  predicate.vendor_headquarters = {Country("US")};
  predicate.sold_in = {Country("CN"), Country("MO")};
  predicate.types = {ItemTypeId{0}};
  CHECK(questions_text(item_reasons(predicate, item, book.world), 0) ==
        "is one of west_big, west_mid? yes\n"
        "vendor's headquarters US in US? yes\n"
        "vendor west among east? no\n"
        "sold to anybody in WARY? no\n"
        "is of type hbm3? not known, so it does not hold\n");
}

}  // namespace
}  // namespace chokepoint
