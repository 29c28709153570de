#include "sim/scenario/text/iso_3166.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace chokepoint {
namespace {

// By their first letter.
constexpr std::string_view kCodes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ "
    "BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
    "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR "
    "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY "
    "HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY "
    "MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ "
    "NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ "
    "TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ "
    "VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// What people write, and the code of it.
struct Alias {
  std::string_view written, code;
};
constexpr std::array kAliases = {
    Alias{"UK", "GB"},  Alias{"EL", "GR"},  Alias{"UAE", "AE"}, Alias{"USA", "US"},
    Alias{"PRC", "CN"}, Alias{"KSA", "SA"}, Alias{"ROK", "KR"}, Alias{"ROC", "TW"},
    Alias{"JA", "JP"},  Alias{"SU", "RU"},  Alias{"BU", "MM"},  Alias{"YU", "RS"},
};

}  // namespace

bool is_iso_country(const std::string& code) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return code.size() == 2 && std::ranges::all_of(code, is_capital) &&
         kCodes.find(code) != std::string_view::npos;
}

std::string country_help(const std::string& text) {
  std::string capitals = text;
  std::ranges::transform(capitals, capitals.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto alias = std::ranges::find(kAliases, capitals, &Alias::written);
  if (alias != kAliases.end()) return "did you mean " + std::string(alias->code) + "?";
  if (is_iso_country(capitals)) return "did you mean " + capitals + "?";
  return "write the two capital letters of ISO 3166-1, such as CN";
}

}  // namespace chokepoint
