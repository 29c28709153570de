#include "models/policy/quota.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

double tokens_per_package(const Quota& quota, const QuotaRequest& request) {
  return quota.measure == Measure::Units ? 1.0 : request.tpp;
}

}  // namespace

QuotaLedger::Key QuotaLedger::key_of(QuotaId id, const QuotaRequest& request, Date date) const {
  const Quota& quota = (*quotas_)[id.value];
  Key key{id, {}, {}, {}, 0};
  if (quota.per_product) key.product = request.product;
  if (quota.per_country) key.country = request.destination;
  if (quota.per_consignee) key.consignee = request.consignee;
  if (quota.renewal == Renewal::Yearly) {
    key.year = year_of(date);
  }
  return key;
}

bool QuotaLedger::is_one_bucket(QuotaId id, const QuotaRequest& a, const QuotaRequest& b,
                                Date date) const {
  return key_of(id, a, date) == key_of(id, b, date);
}

double QuotaLedger::available(QuotaId id, const QuotaRequest& request, Date date) const {
  const Quota& quota = (*quotas_)[id.value];
  const double each = tokens_per_package(quota, request);
  if (each <= 0.0) return std::numeric_limits<double>::infinity();  // Nothing that it counts.
  const double home = quota.share_of_home_sales.value * request.home_units * each;
  const auto drawn = drawn_.find(key_of(id, request, date));
  const double left = quota.amount.value + home - (drawn == drawn_.end() ? 0.0 : drawn->second);
  // A millionth short of a whole package counts as whole: shares are rarely exact in binary.
  return std::max(0.0, std::floor(left / each + 1e-6));
}

void QuotaLedger::draw(const std::vector<QuotaId>& quotas, const QuotaRequest& request, Date date,
                       double packages) {
  for (const QuotaId id : quotas) {
    assert(packages <= available(id, request, date));
    drawn_[key_of(id, request, date)] +=
        packages * tokens_per_package((*quotas_)[id.value], request);
  }
}

}  // namespace chokepoint
