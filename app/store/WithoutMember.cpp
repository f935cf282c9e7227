// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/WithoutMember.h"

#include "event/JsonScan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <optional>

namespace octotrail::store {

namespace {

constexpr std::string_view space = " \t\r\n";

struct Member
{
    std::size_t begin; ///< of the key's quote
    std::size_t end; ///< of the comma or bracket after the value
};

/// The first member with this name among those of the outermost object.
std::optional<Member> findMember(std::string_view json, std::string_view name)
{
    std::size_t at = json.find_first_not_of(space);
    if (at == std::string_view::npos || json[at] != '{') {
        return std::nullopt;
    }
    while (++at < json.size()) {
        at = json.find_first_not_of(space, at);
        if (at == std::string_view::npos || json[at] != '"') {
            return std::nullopt;
        }
        const std::size_t begin = at;
        const std::size_t keyEnd = event::afterJsonString(json, at);
        const std::size_t colon = json.find(':', keyEnd);
        if (colon == std::string_view::npos) {
            return std::nullopt;
        }
        at = event::afterJsonValue(json, colon + 1);
        if (json.substr(begin + 1, keyEnd - begin - 2) == name) {
            return Member{begin, at};
        }
        if (at >= json.size() || json[at] != ',') {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

/// Whether something was removed.
bool removeDeep(QJsonValue &value, const QString &key)
{
    bool removed = false;
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        removed = object.contains(key);
        object.remove(key);
        for (auto it = object.begin(); it != object.end(); ++it) {
            QJsonValue member = it.value();
            if (removeDeep(member, key)) {
                it.value() = member;
                removed = true;
            }
        }
        value = object;
    } else if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            QJsonValue element = array.at(i);
            if (removeDeep(element, key)) {
                array.replace(i, element);
                removed = true;
            }
        }
        value = array;
    }
    return removed;
}

} // namespace

std::string withoutEmbedded(std::string_view json, std::string_view name)
{
    const bool maybe = json.find(name) != std::string_view::npos || json.find('\\') != std::string_view::npos;
    if (!maybe || (json.find("_embedded") == std::string_view::npos && json.find('\\') == std::string_view::npos)) {
        return std::string(json);
    }
    const auto bytes = QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size()));
    QJsonObject object = QJsonDocument::fromJson(bytes).object();
    QJsonValue embedded = object.value(QLatin1String("_embedded"));
    if (!removeDeep(embedded, QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))) {
        return std::string(json);
    }
    object.insert(QLatin1String("_embedded"), embedded);
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

std::string withoutMember(std::string_view json, std::string_view name)
{
    std::string rest(json);
    while (const auto member = findMember(rest, name)) {
        std::size_t begin = member->begin;
        std::size_t end = member->end;
        if (end < rest.size() && rest[end] == ',') {
            // With the comma and the space up to the next member.
            end = std::min(rest.find_first_not_of(space, end + 1), rest.size());
        } else {
            // The last one: with the comma before it, if there is one.
            const std::size_t before = rest.find_last_not_of(space, begin - 1);
            if (before != std::string::npos && rest[before] == ',') {
                begin = before;
            }
        }
        rest.erase(begin, end - begin);
    }
    // A key that is written with escapes is still the same key. That costs the bytes' exact form, but keeps nothing.
    if (rest.find('\\') != std::string::npos) {
        QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(rest)).object();
        const QString key = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        if (object.contains(key)) {
            object.remove(key);
            return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
        }
    }
    return rest;
}

} // namespace octotrail::store
