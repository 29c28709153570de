#include "tests/sim/scenario/small_world.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <utility>

#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"

namespace chokepoint {

namespace {

std::string text_of(const std::string& file) {
  std::ifstream in(source_dir() + "/tests/sim/scenario/" + file);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

template <class Reader>
SmallReading read_with(const Reader& reader, const std::string& text) {
  pb::Scenario scenario;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &scenario));
  const Composed composed = composed_from(std::move(scenario), "small.textproto");
  Diagnostics found;
  SmallReading result{reader(composed, found), {}};
  for (const auto& item : found.items()) result.errors.push_back(item.message + " | " + item.help);
  return result;
}

}  // namespace

std::string small_text() {
  return text_of("small.textproto");
}

std::string economy_text() {
  return small_text() + text_of("economy.textproto");
}

std::string with_replaced(std::string text, const std::string& anchor, const std::string& from,
                          const std::string& to) {
  const auto begin = text.find(anchor);
  REQUIRE(begin != std::string::npos);
  const auto at = text.find(from, begin);
  INFO(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string economy_but(const std::string& anchor, const std::string& from, const std::string& to) {
  return with_replaced(economy_text(), anchor, from, to);
}

std::string small_but(const std::string& from, const std::string& to) {
  return small_but_after("", from, to);
}

std::string small_but_after(const std::string& anchor, const std::string& from,
                            const std::string& to) {
  return with_replaced(small_text(), anchor, from, to);
}

std::string figure(const std::string& field, const std::string& value) {
  return field + " { value: " + value + " source: \"guess\" confidence: ESTIMATED } ";
}

SmallReading read_text(const std::string& text) {
  const auto read = [](const Composed& composed, Diagnostics& found) {
    return read_world(composed, found);
  };
  return read_with(read, text);
}

SmallReading read_catalog_text(const std::string& text) {
  return read_with(read_catalog, text);
}

World world_of(const std::string& text) {
  auto result = read_text(text);
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  return std::move(*result.world);
}

World small_world() {
  return world_of(small_text());
}

std::string only_error(const std::string& text) {
  const auto result = read_text(text);
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.errors.size() == 1);
  CHECK_FALSE(result.world);
  return result.errors.front();
}

}  // namespace chokepoint
