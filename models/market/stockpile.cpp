#include "models/market/stockpile.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kLongestMonths = 2400.0;  // 200 years: no calendar here goes further.

double months(Date begin, Date end) {
  return static_cast<double>((end - begin).count()) / kDaysPerMonth;
}

// Wanted and not there from the cut to `date`.
double short_until(const Stockpile& stock, Date date) {
  const double net_use = stock.use_per_month - stock.inflow_per_month;
  return std::max(0.0, net_use * months(stock.cut, date) - stock.units);
}

}  // namespace

std::optional<double> months_of_cover(const Stockpile& stock) {
  assert(stock.units >= 0.0 && stock.use_per_month >= 0.0 && stock.inflow_per_month >= 0.0);
  const double net_use = stock.use_per_month - stock.inflow_per_month;
  if (net_use <= 0.0) return std::nullopt;
  return stock.units / net_use;
}

std::optional<Date> exhausted_on(const Stockpile& stock) {
  const auto cover = months_of_cover(stock);
  if (!cover || *cover > kLongestMonths) return std::nullopt;
  return stock.cut + std::chrono::days{static_cast<int>(std::ceil(*cover * kDaysPerMonth))};
}

double stock_left(const Stockpile& stock, Date date) {
  assert(stock.cut <= date);
  const double net_use = stock.use_per_month - stock.inflow_per_month;
  return std::max(0.0, stock.units - net_use * months(stock.cut, date));
}

double shortage(const Stockpile& stock, Date begin, Date end) {
  assert(stock.cut <= begin && begin <= end);
  return short_until(stock, end) - short_until(stock, begin);
}

}  // namespace chokepoint
