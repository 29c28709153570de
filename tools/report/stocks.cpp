#include "tools/report/stocks.hpp"

#include <algorithm>
#include <cctype>

#include "tools/report/inventory.hpp"

namespace chokepoint {
namespace {

/// An enumerator's name as facts write it.
std::string in_lower_case(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

std::string use_of(const pb::Stock& stock) {
  const bool unset = stock.use() == pb::CHIP_USE_UNSPECIFIED;
  return in_lower_case(pb::ChipUse_Name(unset ? pb::MIXED : stock.use()));
}

std::string channel_of(const pb::Stock& stock) {
  const bool unset = stock.channel() == pb::CHANNEL_UNSPECIFIED;
  return in_lower_case(pb::Channel_Name(unset ? pb::MERCHANT : stock.channel()));
}

}  // namespace

Stocks initial_stocks(const pb::Scenario& scenario) {
  const Inventory inventory = take_inventory(scenario);
  Stocks stocks;
  for (const auto& site : scenario.sites()) {
    for (const auto& pool : site.pools()) {
      const std::string name = site.name() + "/" + pool.name();
      for (const auto& stock : pool.stocks()) {
        const std::string user = stock.has_user() ? stock.user() : stock.owner();
        stocks[{inventory.pools.at(name).device, site.country(), name, stock.owner(), user,
                use_of(stock), in_lower_case(pb::LegalStatus_Name(stock.status())),
                channel_of(stock)}] += stock.units().value();
      }
    }
  }
  return stocks;
}

void add_delivery(const pb::DeliveredFact& delivered, Stocks& stocks) {
  stocks[{delivered.device(), delivered.location(), delivered.pool(), delivered.owner(),
          delivered.user(), delivered.use(), delivered.status(), delivered.channel()}] +=
      delivered.units();
}

}  // namespace chokepoint
